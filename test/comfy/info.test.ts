import { open } from 'chromask';
import { nodes, objectInfo, runNode } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';

type Field = [name: string, ...info: unknown[]];
type Row = {
  required?: Field[];
  optional?: Field[];
  output: string[];
  names?: string[];
  category: string;
  ends?: true;
};

const MAX = 16384;
const int = (fallback: number, min: number, max: number) => ['INT', { default: fallback, min, max, step: 1 }] as const;
const float = (fallback: number, min: number, max: number) =>
  ['FLOAT', { default: fallback, min, max, step: 0.01 }] as const;
const boolean = (fallback: boolean) => ['BOOLEAN', { default: fallback }] as const;
const offset = [['x', ...int(0, 0, MAX)] as Field, ['y', ...int(0, 0, MAX)] as Field];
const size = [['width', ...int(512, 1, MAX)] as Field, ['height', ...int(512, 1, MAX)] as Field];
const file: Field = ['image', [], { image_upload: true }];
const layerChannels = 'L(LAB) A(Lab) B(Lab) R(RGB) G(RGB) B(RGB) alpha Y(YUV) U(YUV) V(YUV) H(HSV) S(HSV V(HSV)'.split(
  ' ',
);

// written by hand from the description of the nodes, not from the code
const documented: Record<string, Row> = {
  ImageToMask: {
    required: [
      ['image', 'IMAGE'],
      ['channel', ['red', 'green', 'blue', 'alpha']],
    ],
    output: ['MASK'],
    category: 'mask',
  },
  'Image to Latent Mask': {
    required: [
      ['images', 'IMAGE'],
      ['channel', ['alpha', 'red', 'green', 'blue']],
    ],
    output: ['MASK'],
    names: ['MASKS'],
    category: 'WAS Suite/Image/Masking',
  },
  'LayerMask: ImageToMask': {
    required: [
      ['image', 'IMAGE'],
      ['channel', layerChannels],
      ['black_point', ...int(0, 0, 255)],
      ['white_point', ...int(255, 0, 255)],
      ['gray_point', ...float(1, 0.01, 9.99)],
      ['invert_output_mask', ...boolean(false)],
    ],
    optional: [['mask', 'MASK']],
    output: ['MASK'],
    names: ['mask'],
    category: '😺dzNodes/LayerMask',
  },
  'ColorMapToMasks __Inspire': {
    required: [
      ['color_map', 'IMAGE'],
      ['min_pixels', ...int(500, 1, 2 ** 64)],
      ['max_count', ...int(5, 0, 1000)],
    ],
    output: ['MASK'],
    names: ['mask'],
    category: 'InspirePack/Util',
  },
  MaskToImage: { required: [['mask', 'MASK']], output: ['IMAGE'], category: 'mask' },
  ImageColorToMask: {
    required: [
      ['image', 'IMAGE'],
      ['color', ...int(0, 0, 0xffffff)],
    ],
    output: ['MASK'],
    category: 'mask',
  },
  SolidMask: { required: [['value', ...float(1, 0, 1)], ...size], output: ['MASK'], category: 'mask' },
  InvertMask: { required: [['mask', 'MASK']], output: ['MASK'], category: 'mask' },
  CropMask: { required: [['mask', 'MASK'], ...offset, ...size], output: ['MASK'], category: 'mask' },
  MaskComposite: {
    required: [
      ['destination', 'MASK'],
      ['source', 'MASK'],
      ...offset,
      ['operation', ['multiply', 'add', 'subtract', 'and', 'or', 'xor']],
    ],
    output: ['MASK'],
    category: 'mask',
  },
  FeatherMask: {
    required: [['mask', 'MASK'], ...['left', 'top', 'right', 'bottom'].map((side): Field => [side, ...int(0, 0, MAX)])],
    output: ['MASK'],
    category: 'mask',
  },
  GrowMask: {
    required: [
      ['mask', 'MASK'],
      ['expand', ...int(0, -MAX, MAX)],
      ['tapered_corners', ...boolean(true)],
    ],
    output: ['MASK'],
    category: 'mask',
  },
  ThresholdMask: {
    required: [
      ['mask', 'MASK'],
      ['value', ...float(0.5, 0, 1)],
    ],
    output: ['MASK'],
    category: 'mask',
  },
  'SelectNthMask __Inspire': {
    required: [
      ['masks', 'MASK'],
      ['idx', ...int(0, 0, 2 ** 64)],
    ],
    output: ['MASK'],
    category: 'InspirePack/Util',
  },
  LoadImage: { required: [file], output: ['IMAGE', 'MASK'], category: 'image' },
  LoadImageMask: {
    required: [file, ['channel', ['alpha', 'red', 'green', 'blue']]],
    output: ['MASK'],
    category: 'mask',
  },
  SplitImageWithAlpha: { required: [['image', 'IMAGE']], output: ['IMAGE', 'MASK'], category: 'mask/compositing' },
  JoinImageWithAlpha: {
    required: [
      ['image', 'IMAGE'],
      ['alpha', 'MASK'],
    ],
    output: ['IMAGE'],
    category: 'mask/compositing',
  },
  SetLatentNoiseMask: {
    required: [
      ['samples', 'LATENT'],
      ['mask', 'MASK'],
    ],
    output: ['LATENT'],
    category: 'latent/inpaint',
  },
  PreviewImage: { required: [['images', 'IMAGE']], output: [], category: 'image', ends: true },
  SaveImage: {
    required: [
      ['images', 'IMAGE'],
      ['filename_prefix', 'STRING', { default: 'ComfyUI' }],
    ],
    output: [],
    category: 'image',
    ends: true,
  },
  MaskPreview: { required: [['mask', 'MASK']], output: [], category: 'mask', ends: true },
};

describe('objectInfo says what a server says', async () => {
  const [info, all] = [await objectInfo(), await nodes()];

  it('of every node, and of those of a pack', async () => {
    expect(Object.keys(info)).toEqual(expect.arrayContaining(Object.keys(documented)));
    expect(Object.keys(info)).toEqual(Object.keys(all));
    const one = await objectInfo({ pack: 'Inspire' });
    expect(Object.keys(one).sort()).toEqual([
      'ColorMapToMasks __Inspire',
      'ColorMaskToDepthMask //Inspire',
      'SelectNthMask __Inspire',
    ]);
    expect(one).toEqual(Object.fromEntries(Object.keys(one).map((name) => [name, info[name]])));
    await expect(objectInfo({ pack: 'core ' })).rejects.toThrow('nodes: pack must be one of core, WAS, ');
  });

  for (const [name, { required = [], optional, output, names = output, category, ends = false }] of Object.entries(
    documented,
  )) {
    it(`of ${name}, field by field`, () => {
      const { display_name, description, python_module, ...rest } = info[name];
      const fields = (list: Field[]) => Object.fromEntries(list.map(([name, ...info]) => [name, info]));
      const order = (list: Field[]) => list.map(([name]) => name);
      expect(rest).toEqual({
        input: { required: fields(required), ...(optional ? { optional: fields(optional) } : {}) },
        input_order: { required: order(required), ...(optional ? { optional: order(optional) } : {}) },
        output,
        output_is_list: output.map(() => false),
        output_name: names,
        name,
        category,
        output_node: ends,
      });
      expect(display_name).not.toBe('');
      expect(description.endsWith('.')).toBe(true);
      expect(python_module).toMatch(/^(nodes|comfy_extras\.nodes_\w+|custom_nodes\.[\w-]+)$/);
    });
  }

  it('and survives JSON unchanged', () => {
    expect(JSON.parse(JSON.stringify(info))).toEqual(info);
  });

  it('to each caller anew: writing to it, or to a node, changes nothing that nodes take', async () => {
    const mine = await objectInfo();
    const before = structuredClone(mine);
    const write = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const one of Object.values(value)) write(one);
      if (Array.isArray(value)) value.push('evil');
      else Object.assign(value, { evil: 1 });
    };
    write(mine);
    expect(await objectInfo()).toEqual(before);
    for (const node of [all, ...Object.values(all)]) {
      expect(() => write(node)).toThrow(TypeError);
    }
    expect(await objectInfo()).toEqual(before);
    const device = await open({ device: 'wasm' });
    const image = device.image(new Uint8Array(3), [1, 1, 1, 3]);
    await expect(runNode(device, 'ImageToMask', { image, channel: 'evil' })).rejects.toThrow(
      'channel must be one of red',
    );
    device.close();
  });

  it('with the file names that a front end may offer', async () => {
    expect((await objectInfo({ files: ['a.png', 'b.png'] })).LoadImage.input.required.image).toEqual([
      ['a.png', 'b.png'],
      { image_upload: true },
    ]);
  });
});
