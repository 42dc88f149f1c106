// Core nodes without recorded calls: the arithmetic of their source, done by torch 1.13 on small arrays
// (torch/core.json).
import { describe, expect, it } from 'vitest';
import { runNode, runWorkflow } from '../../src/comfy/index.js';
import { type ImageBatch, type MaskBatch, open } from '../../src/index.js';
import torch from './torch/core.json';

const device = await open({ device: 'wasm' });
const image = device.image(Float32Array.from(torch.image), [1, 4, 5, 3]);
const run = (name: string, inputs: Record<string, unknown>) => runNode(device, name, inputs);
const picture = async (name: string, inputs: Record<string, unknown>): Promise<ImageBatch> =>
  (await run(name, inputs))[0] as ImageBatch;

async function close(given: ImageBatch | MaskBatch, expected: readonly number[], near = 2e-6): Promise<void> {
  const numbers = await given.data();
  for (const [i, value] of expected.entries()) expect(Math.abs(numbers[i] - value)).toBeLessThanOrEqual(near);
}

describe('PorterDuffImageComposite', () => {
  const { source, source_alpha, destination, destination_alpha, modes } = torch.pd;
  const inputs = {
    source: device.image(Float32Array.from(source), [1, 2, 2, 3]),
    source_alpha: device.mask(Float32Array.from(source_alpha), [1, 2, 2]),
    destination: device.image(Float32Array.from(destination), [1, 2, 2, 3]),
    destination_alpha: device.mask(Float32Array.from(destination_alpha), [1, 2, 2]),
  };
  for (const [mode, [colors, alpha]] of Object.entries(modes)) {
    it(mode, async () => {
      const [made, mask] = await run('PorterDuffImageComposite', { ...inputs, mode });
      expect([...(await (made as ImageBatch).data())]).toEqual(colors.map((one) => Math.fround(one)));
      expect([...(await (mask as MaskBatch).data())]).toEqual(alpha.map((one) => Math.fround(one)));
    });
  }

  it('refuses a source of other channels', async () => {
    const gray = device.image(new Float32Array(4), [1, 2, 2, 1]);
    await expect(run('PorterDuffImageComposite', { ...inputs, source: gray })).rejects.toThrow(
      'source must be of 3 channels',
    );
  });
});

describe('pictures', () => {
  it('ImageBlur', async () => {
    await close(await picture('ImageBlur', { image, blur_radius: 2, sigma: 0.7 }), torch.blur['2,0.7']);
    await close(await picture('ImageBlur', { image, blur_radius: 1, sigma: 3 }), torch.blur['1,3']);
    await expect(run('ImageBlur', { image, blur_radius: 4 })).rejects.toThrow("below 4, the picture's side, got 4");
  });

  it('ImageScaleToMaxDimension', async () => {
    const [width, height, values] = torch.max7 as [number, number, number[]];
    const made = await picture('ImageScaleToMaxDimension', { image, upscale_method: 'area', largest_size: 7 });
    expect(made.shape).toEqual([1, height, width, 3]);
    await close(made, values);
  });

  it('ImageScaleToTotalPixels', async () => {
    const [width, height, values] = torch.total as [number, number, number[]];
    const inputs = { image, upscale_method: 'bilinear', megapixels: 0.01, resolution_steps: 64 };
    const made = await picture('ImageScaleToTotalPixels', inputs);
    expect(made.shape).toEqual([1, height, width, 3]);
    await close(made, values);
  });

  for (const [name, input, value, key] of [
    ['ImageRotate', 'rotation', '90 degrees', 'rot1'],
    ['ImageRotate', 'rotation', '180 degrees', 'rot2'],
    ['ImageRotate', 'rotation', '270 degrees', 'rot3'],
    ['ImageFlip', 'flip_method', 'x-axis: vertically', 'flipx'],
    ['ImageFlip', 'flip_method', 'y-axis: horizontally', 'flipy'],
  ] as const) {
    it(`${name}, ${value}`, async () => {
      const made = await picture(name, { image, [input]: value });
      expect(made.shape).toEqual(key === 'rot1' || key === 'rot3' ? [1, 5, 4, 3] : [1, 4, 5, 3]);
      await close(made, torch[key], 0);
    });
  }

  it('ImageFromBatch, RepeatImageBatch and GetImageSize', async () => {
    const three = device.image(Float32Array.of(1, 2, 3), [3, 1, 1, 1]);
    const values = async (name: string, inputs: object): Promise<number[]> => [
      ...(await (await picture(name, { image: three, ...inputs })).data()),
    ];
    expect(await values('ImageFromBatch', { batch_index: 1, length: 5 })).toEqual([2, 3]);
    expect(await values('ImageFromBatch', { batch_index: 9 })).toEqual([3]);
    expect(await values('RepeatImageBatch', { amount: 2 })).toEqual([1, 2, 3, 1, 2, 3]);
    expect(await run('GetImageSize', { image })).toEqual([5, 4, 1]);
  });
});

describe('values', () => {
  it.each([
    ['PrimitiveInt', -7],
    ['PrimitiveFloat', 0.25],
    ['PrimitiveBoolean', true],
    ['PrimitiveString', 'a'],
    ['PrimitiveStringMultiline', 'a\nb'],
  ])('%s gives its value as such', async (name, value) => {
    expect(await run(name, { value })).toEqual([value]);
  });

  // the answers of Python 3.11
  it.each([
    ['a + b * 2', 13, 13, true],
    ['-a ** 2', -9, -9, true],
    ['2 ** -1', 0.5, 0, true],
    ['-7 // 2', -4, -4, true],
    ['-7 % 3', 2, 2, true],
    ['7.5 % -2', -0.5, 0, true],
    ['round(2.5) + round(3.5)', 6, 6, true],
    ['sum(values) / len', undefined, 0, false],
    ['max(a, b, 4) if a > 2 and not b < 1 else 0', 5, 5, true],
    ['1 < a < 5', 1, 1, true],
    ['1 < a < 2', 0, 0, false],
    ['values[1] * values[-1]', 25, 25, true],
    ['int(-3.7) + ceil(0.2)', -2, -2, true],
    ['sqrt(a * a + 16)', 5, 5, true],
    ['1 / 0', undefined, 0, false],
    ['__import__("os")', undefined, 0, false],
    ['a +', undefined, 0, false],
    ['', undefined, 0, false],
    ['10 ** 400', undefined, 0, false],
    [`${'('.repeat(500)}1${')'.repeat(500)}`, undefined, 0, false],
  ] as const)('ComfyMathExpression: %s', async (expression, float, int, bool) => {
    const given = run('ComfyMathExpression', { expression, 'values.a': 3, 'values.b': 5 });
    if (float === undefined) await expect(given).rejects.toMatchObject({ code: 'bad-argument' });
    else expect((await given).map(Number)).toEqual([float, int, Number(bool)]);
  });

  it('go into the widgets of other nodes in a workflow', async () => {
    const graph = {
      1: { class_type: 'PrimitiveInt', inputs: { value: 3 } },
      2: { class_type: 'ComfyMathExpression', inputs: { expression: 'a * 2', 'values.a': ['1', 0] } },
      3: { class_type: 'SolidMask', inputs: { value: ['4', 0], width: ['2', 1], height: ['1', 0] } },
      4: { class_type: 'PrimitiveFloat', inputs: { value: 0.5 } },
    };
    const { masks } = await runWorkflow(device, graph);
    expect(masks.map(({ id, mask }) => [id, mask.shape])).toEqual([['3', [1, 3, 6]]]);
    const wrong = { ...graph, 3: { class_type: 'SolidMask', inputs: { width: ['4', 0] } } };
    await expect(runWorkflow(device, wrong)).rejects.toThrow(
      'must be INT, but output 0 of node 4 (PrimitiveFloat) is FLOAT',
    );
  });
});
