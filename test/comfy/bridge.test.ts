// PreviewBridge: passes a picture on with an empty mask, or returns a file that was painted on, if the host has one.
import { open } from 'chromask';
import { objectInfo, runNode, runWorkflow } from 'chromask/comfy';
import { expect, it } from 'vitest';
import { toSaved } from './graphs.js';
import { type Sketch, toApi } from './sketch.js';

const device = await open({ device: 'wasm' });
const images = device.image(new Uint8Array(12).fill(51), [1, 2, 2, 3]);
const painted = device.image(Uint8Array.of(1, 2, 3, 255, 1, 2, 3, 0), [1, 1, 2, 4]);
const sketch = (image: unknown): Sketch => ({
  1: { type: 'LoadImage', in: { image: 'a.png' } },
  2: { type: 'PreviewBridge', in: { images: ['1', 0], image, block: false, restore_mask: 'never' } },
  3: { type: 'InvertMask', in: { mask: ['2', 1] } },
  4: { type: 'PreviewImage', in: { images: ['2', 0] } },
});
const formats = (image: unknown) => [toApi(sketch(image)), toSaved(sketch(image))];

it('passes on what it is given, with an empty mask of 64 x 64', async () => {
  for (const image of ['$2-0', 'clipspace/gone.png [input]', '']) {
    for (const graph of formats(image)) {
      const { masks, outputs } = await runWorkflow(device, graph, { files: { 'a.png': images } });
      expect(masks[0].mask.shape).toEqual([1, 64, 64]);
      expect(new Set(await masks[0].mask.data())).toEqual(new Set([1]));
      expect([...(await outputs[4].image.bytes())]).toEqual(new Array(12).fill(51));
    }
  }
});

it('gives the file that was painted on, which a host may also give by hand', async () => {
  const name = 'clipspace/clipspace-mask-7.png [input]';
  const files = { 'a.png': images, 'clipspace-mask-7.png': painted };
  // front ends of 2023 keep the parts of the name, and what they showed before
  const parts = { filename: 'clipspace-mask-7.png', subfolder: 'clipspace', type: 'input', image_hash: 7 };
  for (const graph of [...formats(name), ...formats(parts)]) {
    for (const options of [
      { files },
      { files: async (asked: string) => (asked === name ? painted : images) },
      { files: { 'a.png': images }, inputs: { 2: { image: painted } } },
    ]) {
      const { masks, outputs } = await runWorkflow(device, graph, options);
      // inverted again: the alpha
      expect([...(await masks[0].mask.data())]).toEqual([1, 0]);
      expect([...(await outputs[4].image.bytes())]).toEqual([1, 2, 3, 1, 2, 3]);
    }
  }
});

it('has as a server has it: a text, and optional widgets', async () => {
  const { PreviewBridge } = await objectInfo({ pack: 'Impact' });
  expect(PreviewBridge.input_order).toEqual({ required: ['images'], optional: ['image', 'block', 'restore_mask'] });
  expect(PreviewBridge.input.optional?.image).toEqual(['STRING', { default: '' }]);
  const [image, mask] = await runNode(device, 'PreviewBridge', { images });
  expect([image.shape, mask.shape]).toEqual([images.shape, [1, 64, 64]]);
});
