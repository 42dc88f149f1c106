import { type ImageBatch, type MaskBatch, open } from 'chromask';
import { runNode, runWorkflow, workflowOf } from 'chromask/comfy';
import { encode } from 'chromask/png';
import { describe, expect, it } from 'vitest';

const device = await open({ device: 'wasm' });
const mask = (values: number[], width = values.length, batch = 1) =>
  device.mask(new Float32Array(values), [batch, values.length / width / batch, width]);
const first = async (name: string, inputs: object, options = {}): Promise<MaskBatch | ImageBatch> =>
  (await runNode(device, name, inputs as Record<string, unknown>, options))[0] as MaskBatch | ImageBatch;
const values = async (name: string, inputs: object, options = {}): Promise<number[]> => [
  ...(await (await first(name, inputs, options)).data()),
];

const png = (channels: 3 | 4) =>
  encode({ data: Uint8Array.from({ length: 6 * channels }, (_, i) => i * 9), width: 3, height: 2, channels });

describe('a node', () => {
  it('may be named as other versions of its pack name it', async () => {
    const masks = mask([1, 2, 3, 4], 1, 2);
    for (const name of ['SelectNthMask __Inspire', 'SelectNthMask //Inspire', 'SelectNthMask']) {
      expect(await values(name, { masks, idx: 1 })).toEqual([3, 4]);
    }
    await expect(runNode(device, 'SelectNthMask', { masks, idx: 2 })).rejects.toThrow(
      'idx must be below 2, the number of masks, got 2',
    );
  });

  it('takes masks of every shape that arrives, and batches of masks', async () => {
    const data = new Float32Array([0.25, 0.5]);
    for (const shape of [
      [1, 2],
      [1, 1, 2],
      [1, 1, 1, 2],
      [1, 1, 2, 1],
    ]) {
      expect(await values('InvertMask', { mask: { data, shape } })).toEqual([0.75, 0.5]);
      expect(await values('InvertMask', { mask: { data, dims: shape } })).toEqual([0.75, 0.5]);
    }
  });

  it('computes on floats what is defined on floats, given bytes too', async () => {
    const bytes = device.mask(Uint8Array.of(37, 128), [1, 2]);
    const unit = (byte: number): number => Math.fround(byte / 255);
    expect(await values('InvertMask', { mask: bytes })).toEqual([37, 128].map((one) => Math.fround(1 - unit(one))));
    expect(await values('ThresholdMask', { mask: bytes, value: 128 / 255 })).toEqual([0, 0]);
  });

  it('says whose input is of the wrong kind', async () => {
    const image = device.image(new Uint8Array(12), [2, 2, 3]);
    const call = (name: string, inputs: object): Promise<unknown> => runNode(device, name, inputs as never);
    await expect(call('ImageToMask', { image: image.channel('red') })).rejects.toThrow(
      'ImageToMask: image must be an image, ImageData or { data, shape }, got a MaskBatch',
    );
    await expect(call('InvertMask', { mask: image })).rejects.toThrow(
      'InvertMask: mask must be a mask or { data, shape }, got an ImageBatch',
    );
    await expect(call('GrowMask', { mask: image.channel('red'), expand: '1' })).rejects.toThrow(
      'GrowMask: expand must be a whole number between -16384 and 16384, got "1"',
    );
  });

  it('GrowMask by 0 gives the mask itself', async () => {
    const one = mask([0, 1, 0]);
    expect(await first('GrowMask', { mask: one, expand: 0 })).toBe(one);
  });

  it('FeatherMask of 2025 begins right and bottom in the first column and row', async () => {
    expect(await values('FeatherMask', { mask: mask([1, 1, 1, 1]), right: 2 })).toEqual([1, 1, 1, 0.5]);
    expect(await values('FeatherMask', { mask: mask([1, 1, 1, 1]), right: 2 }, { compat: 'comfy-2025' })).toEqual([
      0.5, 1, 1, 1,
    ]);
  });

  it('CropMask with nothing left is refused', async () => {
    await expect(runNode(device, 'CropMask', { mask: mask([1]), x: 1 })).rejects.toThrow(
      'crop: x, y must be inside the picture (1 x 1), got 1, 0',
    );
  });

  it('MaskComposite clamps outside the patch too, and takes a source that lies wholly outside', async () => {
    const destination = mask([-1, 2, 0.5]);
    expect(await values('MaskComposite', { destination, source: mask([9]), x: 7 })).toEqual([0, 1, 0.5]);
    await expect(runNode(device, 'MaskComposite', { destination, source: mask([1, 1], 1, 2) })).rejects.toThrow(
      '1 or 1 masks',
    );
  });

  it('JoinImageWithAlpha repeats the shorter batch', async () => {
    const image = device.image(
      new Float32Array(9).map((_, i) => i),
      [3, 1, 1, 3],
    );
    const joined = await values('JoinImageWithAlpha', { image, alpha: mask([0.25, 1], 1, 2) });
    expect(joined).toEqual([0, 1, 2, 0.75, 3, 4, 5, 0, 6, 7, 8, 0.75]);
    const more = await values('JoinImageWithAlpha', { image: image.at(0), alpha: mask([0, 1], 1, 2) });
    expect(more).toEqual([0, 1, 2, 1, 0, 1, 2, 0]);
  });

  it('SplitImageWithAlpha of a picture without alpha gives zeros of its size', async () => {
    const [, none] = await runNode(device, 'SplitImageWithAlpha', {
      image: device.image(new Uint8Array(12), [1, 2, 2, 3]),
    });
    expect([...(await (none as MaskBatch).data())]).toEqual([0, 0, 0, 0]);
  });

  it('previews give the bytes of the file by truncation', async () => {
    const image = device.image(new Float32Array([0.999, -1, 2]), [1, 1, 1, 3]);
    for (const name of ['PreviewImage', 'SaveImage']) {
      expect([...(await (await first(name, { images: image })).bytes())]).toEqual([254, 0, 255]);
    }
    expect([...(await (await first('MaskPreview', { mask: mask([0.999]) })).bytes())]).toEqual([254, 254, 254]);
    await expect(runNode(device, 'SaveImage', { images: image, filename_prefix: 3 as never })).rejects.toThrow(
      'filename_prefix must be a string',
    );
  });
});

describe('picture files', () => {
  it('LoadImage and LoadImageMask of a file with alpha', async () => {
    const file = await png(4);
    const picture = await device.load(file);
    const inverse = await picture.mask.data();
    const [image, loaded] = await runNode(device, 'LoadImage', { image: file });
    expect((image as ImageBatch).shape).toEqual([1, 2, 3, 3]);
    expect(await (loaded as MaskBatch).data()).toEqual(inverse);
    expect(await values('LoadImageMask', { image: file })).toEqual([...inverse]);
    for (const channel of ['red', 'green', 'blue'] as const) {
      expect(await values('LoadImageMask', { image: file, channel })).toEqual([
        ...(await picture.image.channel(channel).data()),
      ]);
    }
  });

  it('LoadImageMask without alpha gives the 64 x 64 zeros, in 2025 zeros of the size', async () => {
    const image = await png(3);
    expect((await first('LoadImageMask', { image })).shape).toEqual([1, 64, 64]);
    const old = await first('LoadImageMask', { image }, { compat: 'comfy-2025' });
    expect(old.shape).toEqual([1, 2, 3]);
    expect([...(await old.data())]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('that are none or missing are refused', async () => {
    await expect(runNode(device, 'LoadImage', {} as never)).rejects.toThrow(
      'LoadImage: image must be a picture file (it is required)',
    );
    await expect(runNode(device, 'LoadImage', { image: Uint8Array.of(1, 2, 3) })).rejects.toMatchObject({
      name: 'ChromaskError',
    });
    const graph = { 1: { class_type: 'LoadImageMask', inputs: { image: 'a.png' } } };
    const run = runWorkflow(device, graph, { files: { 'a.png': Uint8Array.of(1, 2, 3) } });
    await expect(run).rejects.toThrow('workflow: node 1 (LoadImageMask): ');
  });
});

describe('workflowOf finds what ComfyUI writes into its pictures', () => {
  const prompt = { 1: { class_type: 'SolidMask', inputs: { value: 0.5, width: 2, height: 1 }, is_changed: [0] } };
  const workflow = { nodes: [{ id: 1, type: 'SolidMask', widgets_values: [0.25, 2, 1] }], links: [], version: 0.4 };
  const picture = { data: Uint8Array.of(1, 2, 3), width: 1, height: 1, channels: 3 } as const;
  const write = (text: Record<string, string>) => encode(picture, { text });

  it('and runs what was on the screen, as a front end would, or what was run', async () => {
    const found = await workflowOf(
      await write({ prompt: JSON.stringify(prompt), workflow: JSON.stringify(workflow), other: '{' }),
    );
    expect(found).toEqual({ prompt, workflow });
    const made = async (graph: object, from?: 'workflow' | 'prompt') => {
      const { masks } = await runWorkflow(device, graph, { from });
      return [...(await masks[0].mask.data())];
    };
    for (const given of [found, JSON.parse(JSON.stringify(found))]) {
      expect(await made(given)).toEqual([0.25, 0.25]);
      expect(await made(given, 'workflow')).toEqual([0.25, 0.25]);
      expect(await made(given, 'prompt')).toEqual([0.5, 0.5]);
    }
    expect(await made({ prompt: found.prompt })).toEqual([0.5, 0.5]);
    expect(await made({ workflow: found.workflow }, 'prompt')).toEqual([0.25, 0.25]);
  });

  it('with the NaN that Python writes, and letters of every language', async () => {
    const text = JSON.stringify({ ...prompt, 1: { ...prompt[1], _meta: { title: 'NaN 蒙版 "x"' } } }).replace(
      '[0]',
      '[NaN, -Infinity]',
    );
    const { prompt: read } = await workflowOf(await write({ prompt: text }));
    expect(read?.[1]).toMatchObject({ is_changed: [null, null], _meta: { title: 'NaN 蒙版 "x"' } });
  });

  it('and refuses pictures that have none, text that is no JSON and files that are no PNG', async () => {
    await expect(workflowOf(await write({ title: 'x' }))).rejects.toMatchObject({ code: 'missing' });
    await expect(workflowOf(await write({ prompt: '{' }))).rejects.toMatchObject({ code: 'workflow' });
    await expect(workflowOf(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ name: 'ChromaskError' });
    await expect(workflowOf('a.png' as never)).rejects.toThrow('workflowOf: bytes must be a Uint8Array, got "a.png"');
  });
});
