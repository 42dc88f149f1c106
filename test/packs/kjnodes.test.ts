// KJNodes without recorded calls, and cases that those do not cover: torchvision 0.14's results, and arithmetic from
// the source.
import { describe, expect, it } from 'vitest';
import { runNode } from '../../src/comfy/index.js';
import { type ImageBatch, type MaskBatch, open } from '../../src/index.js';
import torch from './torch/kjnodes.json';

const device = await open({ device: 'wasm' });
const run = (name: string, inputs: Record<string, unknown>) => runNode(device, name, inputs);
const counted = device.mask(
  Float32Array.from({ length: 20 }, (_, i) => (i + 1) / 32),
  [1, 4, 5],
);
const numbers = async (made: unknown): Promise<number[]> =>
  Array.from(await (made as MaskBatch).data(), (one) => one * 32);

it('OffsetMask turns counter-clockwise, the nearest pixel', async () => {
  const turned: [number, number[]][] = [
    [30, [0, 3, 4, 10, 10, 2, 7, 8, 14, 15, 6, 7, 13, 14, 19, 11, 11, 17, 18, 0]],
    [60, [0, 4, 9, 15, 15, 2, 3, 8, 14, 19, 2, 7, 13, 18, 19, 6, 6, 12, 17, 0]],
  ];
  for (const [angle, expected] of turned) {
    expect(await numbers((await run('OffsetMask', { mask: counted, angle }))[0])).toEqual(expected);
  }
  const [left] = await run('OffsetMask', { mask: counted, angle: -45, incremental: true });
  expect(await numbers(left)).toEqual([11, 6, 2, 3, 0, 16, 12, 8, 3, 4, 17, 18, 13, 9, 5, 0, 18, 19, 15, 10]);
  const [still] = await run('OffsetMask', { mask: counted, angle: -45 });
  expect(await numbers(still)).toEqual(await numbers(counted));
});

it('OffsetMask gives zeros where all is moved out', async () => {
  const [out] = await run('OffsetMask', { mask: counted, x: -7 });
  expect(await numbers(out)).toEqual(Array(20).fill(0));
});

it('GetMaskSizeAndCount', async () => {
  const [same, ...sizes] = await run('GetMaskSizeAndCount', { mask: counted });
  expect(await numbers(same)).toEqual(await numbers(counted));
  expect(sizes).toEqual([5, 4, 1]);
});

it('INTConstant, FloatConstant', async () => {
  expect(await run('INTConstant', { value: -7 })).toEqual([-7]);
  const rounded = [0.0078125, 0.0234375, -0.0078125, 1.2345675, 123456.7890125, 5, 1e18];
  const given = await Promise.all(rounded.map(async (value) => (await run('FloatConstant', { value }))[0]));
  // as Python 3 rounds them
  expect(given).toEqual([0.007812, 0.023438, -0.007812, 1.234568, 123456.789012, 5, 1e18]);
});

it('MaskBatchMulti', async () => {
  const flat = device.mask(new Float32Array(6).fill(0.25), [1, 2, 3]);
  const [made] = await run('MaskBatchMulti', { inputcount: 3, mask_1: counted, mask_2: flat, mask_3: counted });
  const whole = await numbers(counted);
  expect((made as MaskBatch).shape).toEqual([3, 4, 5]);
  // torch's weights do not add up to 1: so many of the last places of 8 the rows of its answer are away
  const rows = [
    [1, 0, 0, 2, 2],
    [1, 0, 0, 3, 3],
  ].map((row) => row.map((last) => 8 + last * 2 ** -20));
  expect(await numbers(made)).toEqual([...whole, ...rows.flat(), ...rows.flat(), ...whole]);
  await expect(run('MaskBatchMulti', { inputcount: 3, mask_1: counted, mask_2: flat })).rejects.toThrow('mask_3');
});

it('DrawMaskOnImage reads colours, and their alpha dims the mask', async () => {
  const image = device.image(Float32Array.of(0.5, 0.5, 0.5, 0.25), [1, 1, 1, 4]);
  const mask = device.mask(Float32Array.of(1), [1, 1, 1]);
  const drawn = async (color: string) => {
    const [made] = await run('DrawMaskOnImage', { image, mask, color });
    return Array.from(await (made as MaskBatch).data(), (one) => Math.round(one * 1e4) / 1e4);
  };
  expect(await drawn('#f00')).toEqual([1, 0, 0, 1]);
  expect(await drawn('0.25, 0.5, 1, 0.5')).toEqual([0.375, 0.5, 0.75, 0.5]);
  expect(await drawn('#00ff0033')).toEqual([0.4, 0.6, 0.4, 0.25]);
  await expect(drawn('red')).rejects.toThrow('a colour');
});

describe('ImageResizeKJv2, by the sums of its source in torch', () => {
  const image = device.image(Float32Array.from(torch.image), [1, 4, 6, 3]);
  const mask = device.mask(Float32Array.from(torch.mask), [1, 4, 6]);
  const close = async (made: unknown, expected: readonly number[]): Promise<void> => {
    const given = await (made as MaskBatch).data();
    expect(given).toHaveLength(expected.length);
    for (const [i, value] of expected.entries()) expect(Math.abs(given[i] - value)).toBeLessThan(3e-6);
  };
  for (const { way, width, height, position, step, masked, ...wanted } of torch.cases) {
    it(`${way} ${width} x ${height} ${position} by ${step}${masked ? ' with a mask' : ''}`, async () => {
      const [made, ...rest] = await run('ImageResizeKJv2', {
        ...{ image, width, height, keep_proportion: way, crop_position: position, divisible_by: step },
        ...{ upscale_method: 'bilinear', pad_color: '#ff0033', mask: masked ? mask : undefined },
      });
      expect(rest.slice(0, 2)).toEqual(wanted.size);
      await close(made, wanted.image);
      await close(rest[2], wanted.mask ?? Array(64 * 64).fill(0));
    });
  }

  it('refuses colours it does not know', async () => {
    const inputs = { image, width: 9, height: 4, keep_proportion: 'pad' };
    await expect(run('ImageResizeKJv2', { ...inputs, pad_color: 'red' })).rejects.toThrow('pad_color');
    await expect(run('ImageResizeKJv2', { ...inputs, pad_color: '1, 2' })).rejects.toThrow('pad_color');
  });
});

it('GetImagesFromBatchIndexed', async () => {
  const images = device.image(Uint8Array.of(1, 1, 1, 2, 2, 2, 3, 3, 3), [3, 1, 1, 3]);
  const [made] = await run('GetImagesFromBatchIndexed', { images, indexes: '2, 0,-2' });
  expect([...(await (made as ImageBatch).bytes())]).toEqual([3, 3, 3, 1, 1, 1, 2, 2, 2]);
  await expect(run('GetImagesFromBatchIndexed', { images, indexes: '3' })).rejects.toThrow('from -3 to 2');
});
