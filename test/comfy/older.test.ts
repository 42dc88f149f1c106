// Files by older versions of nodes, and outputs that stop the nodes reading them.
import { open } from 'chromask';
import { runWorkflow } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';
import { toSaved } from './graphs.js';
import { type Sketch, toApi } from './sketch.js';

const device = await open({ device: 'wasm' });
const files = { 'a.png': { data: Uint8Array.from({ length: 48 }, (_, i) => i * 5), shape: [1, 4, 4, 3] } };

/** A picture through one node of a saved file. */
async function sizeOf(type: string, widgets: readonly unknown[]): Promise<readonly number[]> {
  const graph = {
    nodes: [
      { id: 1, type: 'LoadImage', mode: 0, inputs: [], outputs: [], widgets_values: ['a.png', 'image'] },
      {
        ...{ id: 2, type, mode: 0, outputs: [], widgets_values: widgets },
        inputs: [{ name: 'image', type: 'IMAGE', link: 1 }],
      },
      { id: 3, type: 'PreviewImage', mode: 0, inputs: [{ name: 'images', type: 'IMAGE', link: 2 }], outputs: [] },
    ],
    links: [
      [1, 1, 0, 2, 0, 'IMAGE'],
      [2, 2, 0, 3, 0, 'IMAGE'],
    ],
  };
  return (await runWorkflow(device, graph, { files, strict: true })).outputs[3].image.shape;
}

describe('widgets of older versions', () => {
  it('keep_proportion of ImageResize+ is its method', async () => {
    for (const rest of [[], ['always'], ['always', 0]]) {
      expect(await sizeOf('ImageResize+', [8, 2, 'nearest', false, ...rest])).toEqual([1, 2, 8, 3]);
      expect(await sizeOf('ImageResize+', [8, 2, 'nearest', true, ...rest])).toEqual([1, 2, 2, 3]);
    }
    expect(await sizeOf('ImageResize+', [8, 2, 'nearest', 'keep proportion', 'always', 0])).toEqual([1, 2, 2, 3]);
  });

  it('crop of ImageResizeKJ may be the number 0', async () => {
    expect(await sizeOf('ImageResizeKJ', [8, 6, 'nearest-exact', false, 2, 0, 0, 0])).toEqual([1, 6, 8, 3]);
  });

  it('values of widgets that are inputs today are left out where the row has them all', async () => {
    const made = async (widgets: readonly unknown[]): Promise<unknown> => {
      const link = (name: string, link: number, type = 'INT') => ({ name, type, link });
      const graph = {
        nodes: [
          { id: 1, type: 'LoadImage', mode: 0, inputs: [], outputs: [], widgets_values: ['a.png', 'image'] },
          { id: 2, type: 'PrimitiveInt', mode: 0, inputs: [], outputs: [], widgets_values: [1, 'fixed'] },
          { id: 3, type: 'PrimitiveInt', mode: 0, inputs: [], outputs: [], widgets_values: [2, 'fixed'] },
          {
            ...{ id: 4, type: 'ImageCropMerge', mode: 0, outputs: [], widgets_values: widgets },
            inputs: [
              ...[link('cropped_image', 1, 'IMAGE'), link('original_image', 2, 'IMAGE')],
              ...[link('crop_x', 3), link('crop_y', 4), link('cropped_original_width', 5)],
              link('cropped_original_height', 6),
            ],
          },
          { id: 5, type: 'PreviewImage', mode: 0, inputs: [link('images', 7, 'IMAGE')], outputs: [] },
        ],
        links: [
          ...[
            [1, 1, 0, 4, 0, 'IMAGE'],
            [2, 1, 0, 4, 1, 'IMAGE'],
          ],
          ...[
            [3, 2, 0, 4, 2, 'INT'],
            [4, 2, 0, 4, 3, 'INT'],
          ],
          ...[
            [5, 3, 0, 4, 4, 'INT'],
            [6, 3, 0, 4, 5, 'INT'],
          ],
          [7, 4, 0, 5, 0, 'IMAGE'],
        ],
      };
      return (await runWorkflow(device, graph, { files, strict: true })).outputs[5].image.bytes();
    };
    const today = await made(['nearest-exact']);
    expect(await made([0, 0, 512, 512, 'nearest-exact'])).toEqual(today);
    await expect(made([0, 512, 512, 'nearest-exact'])).rejects.toThrow('resize_method');
  });

  it('use_cuda and sigma of GrowMaskWithBlur are left out', async () => {
    const graph = (widgets: readonly unknown[]) => ({
      nodes: [
        { id: 1, type: 'SolidMask', mode: 0, inputs: [], outputs: [], widgets_values: [0.5, 6, 6] },
        {
          id: 2,
          type: 'CropMask',
          mode: 0,
          inputs: [{ name: 'mask', type: 'MASK', link: 1 }],
          outputs: [],
          widgets_values: [0, 0, 5, 5],
        },
        {
          ...{ id: 3, type: 'GrowMaskWithBlur', mode: 0, outputs: [], widgets_values: widgets },
          inputs: [{ name: 'mask', type: 'MASK', link: 2 }],
        },
      ],
      links: [
        [1, 1, 0, 2, 0, 'MASK'],
        [2, 2, 0, 3, 0, 'MASK'],
      ],
    });
    const made = async (widgets: readonly unknown[]) =>
      (await runWorkflow(device, graph(widgets), { strict: true })).masks[0].mask.data();
    const today = await made([2, 0, true, true, 3, 1, 1, false]);
    expect(await made([2, 0, true, true, true, 3, 1.7, 1, 1])).toEqual(today);
    expect(await made([2, 0, true, true, 3, 1, 1])).toEqual(today);
  });
});

describe('an output of ImpactInversedSwitch that is not chosen', () => {
  const sketch = (select: number): Sketch => ({
    1: { type: 'SolidMask', in: { value: 0.25, width: 2, height: 1 } },
    2: { type: 'ImpactInversedSwitch', in: { select, input: ['1', 0] } },
    3: { type: 'InvertMask', in: { mask: ['2', 0] } },
    4: { type: 'MaskPreview', in: { mask: ['3', 0] } },
    5: { type: 'ImpactMakeMaskBatch', in: { mask1: ['2', 1], mask2: ['1', 0] } },
    6: { type: 'MaskPreview', in: { mask: ['5', 0] } },
  });

  it('stops all that reads it, and nothing else', async () => {
    for (const format of [toApi, toSaved]) {
      const first = await runWorkflow(device, format(sketch(1)));
      expect(Object.keys(first.outputs)).toEqual(['4']);
      expect(first.values[5]).toEqual([undefined]);
      const second = await runWorkflow(device, format(sketch(2)));
      expect(Object.keys(second.outputs)).toEqual(['6']);
      expect([first, second].map(({ masks }) => masks.map(({ id }) => id))).toEqual([['3'], ['5']]);
      expect(second.outputs[6].image.shape).toEqual([2, 1, 2, 3]);
    }
  });
});

describe('a text for yes or no', () => {
  it('is true if anything is in it, as Python has it', async () => {
    const graph = (tapered_corners: unknown) => ({
      1: { class_type: 'SolidMask', inputs: { value: 1, width: 1, height: 1 } },
      2: { class_type: 'SolidMask', inputs: { value: 0, width: 5, height: 5 } },
      3: {
        class_type: 'MaskComposite',
        inputs: { destination: ['2', 0], source: ['1', 0], x: 2, y: 2, operation: 'add' },
      },
      4: { class_type: 'GrowMask', inputs: { mask: ['3', 0], expand: 1, tapered_corners } },
    });
    const made = async (value: unknown) =>
      (await runWorkflow(device, graph(value), { strict: true })).masks[0].mask.data();
    const [tapered, square] = [await made(true), await made(false)];
    expect(tapered).not.toEqual(square);
    for (const text of ['enabled', 'False']) expect(await made(text)).toEqual(tapered);
    expect(await made('')).toEqual(square);
  });
});

describe('Prune By Mask', () => {
  it('shows nothing where it keeps no picture', async () => {
    const sketch = (value: number): Sketch => ({
      1: { type: 'EmptyImage', in: { width: 2, height: 1, batch_size: 1, color: 255 } },
      2: { type: 'EmptyImage', in: { width: 2, height: 1, batch_size: 1, color: value } },
      3: { type: 'Prune By Mask', in: { image: ['1', 0], mask: ['2', 0] } },
      4: { type: 'PreviewImage', in: { images: ['3', 0] } },
      5: { type: 'PreviewImage', in: { images: ['1', 0] } },
    });
    const shown = async (value: number) =>
      Object.keys((await runWorkflow(device, toApi(sketch(value)), { strict: true })).outputs);
    expect(await shown(0xffffff)).toEqual(['4', '5']);
    expect(await shown(0)).toEqual(['5']);
  });
});
