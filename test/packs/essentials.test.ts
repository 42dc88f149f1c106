// essentials' nodes without recorded calls, and cases that recorded calls do not cover.
import { expect, it } from 'vitest';
import { runNode } from '../../src/comfy/index.js';
import { type ImageBatch, type MaskBatch, open } from '../../src/index.js';

const device = await open({ device: 'wasm' });
const run = (name: string, inputs: Record<string, unknown>) => runNode(device, name, inputs);
const mask = device.mask(Float32Array.of(0, 0.25, 0.5, 1, 0.999, 0), [1, 2, 3]);

it('MaskPreview+ gives gray bytes, by truncation', async () => {
  const [shown] = await run('MaskPreview+', { mask });
  expect((shown as ImageBatch).shape).toEqual([1, 2, 3, 3]);
  expect([...(await (shown as ImageBatch).channel('red').bytes())]).toEqual([0, 63, 127, 255, 254, 0]);
});

it('ImageRemoveAlpha+ leaves alpha out, and other pictures alone', async () => {
  const image = device.image(Float32Array.of(0.125, 0.25, 0.5, 0.75, 1, 0, 0.5, 0.25), [1, 1, 2, 4]);
  const [made] = await run('ImageRemoveAlpha+', { image });
  expect([...(await (made as ImageBatch).data())]).toEqual([0.125, 0.25, 0.5, 1, 0, 0.5]);
  const [same] = await run('ImageRemoveAlpha+', { image: made });
  expect([...(await (same as ImageBatch).data())]).toEqual([0.125, 0.25, 0.5, 1, 0, 0.5]);
});

it('MaskFromList+ takes values, clamped, before what is written', async () => {
  const [made] = await run('MaskFromList+', { width: 1, height: 1, values: [2, 0.25], str_values: ' 0.5, -1' });
  expect([...(await (made as MaskBatch).data())]).toEqual([1, 0.25, 0.5, 0]);
  await expect(run('MaskFromList+', { width: 1, height: 1 })).rejects.toThrow('at least one number');
  await expect(run('MaskFromList+', { width: 1, height: 1, str_values: '0.5,' })).rejects.toThrow('numbers');
});

it('refuses what the originals fail at', async () => {
  await expect(run('MaskBlur+', { mask, amount: 5 })).rejects.toThrow('below 2');
  await expect(run('MaskBoundingBox+', { mask: mask.threshold({ value: 1 }) })).rejects.toThrow('not 0 somewhere');
  await expect(run('TransitionMask+', { width: 4, height: 4, frames: 1 })).rejects.toThrow('two frames');
  const image = device.image(new Float32Array(3), [1, 1, 1, 3]);
  await expect(run('ImageResize+', { image, width: 4, height: 4, multiple_of: 8 })).rejects.toThrow('between 1 and');
});
