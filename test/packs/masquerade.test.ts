// masquerade's nodes without recorded calls, and cases that those do not cover, worked out by hand from its source.
import { describe, expect, it } from 'vitest';
import { runNode } from '../../src/comfy/index.js';
import { type ImageBatch, open } from '../../src/index.js';

const device = await open({ device: 'wasm' });
const picture = (values: number[], shape: number[]) => device.image(Float32Array.from(values), shape);
const run = (name: string, inputs: Record<string, unknown>) => runNode(device, name, inputs);
const values = async (name: string, inputs: Record<string, unknown>): Promise<number[]> => [
  ...(await ((await run(name, inputs))[0] as ImageBatch).data()),
];

describe('masquerade', () => {
  it("'Make Image Batch' and 'MasqueradeIncrementer'", async () => {
    const [one, two] = [picture([1], [1, 1, 1, 1]), picture([2, 3], [2, 1, 1, 1])];
    expect(await values('Make Image Batch', { image1: one, image3: two })).toEqual([1, 2, 3]);
    expect(await run('MasqueradeIncrementer', { seed: 7, max_value: 3 })).toEqual([1]);
    expect(await run('MasqueradeIncrementer', { seed: -1, max_value: 3 })).toEqual([2]);
  });

  it('gives nothing where nothing is left, never a batch of none', async () => {
    const dark = picture([0, 0], [1, 1, 2, 1]);
    expect(await run('Prune By Mask', { image: dark, mask: dark })).toEqual([undefined]);
    expect(await run('Separate Mask Components', { mask: dark })).toEqual([undefined, []]);
  });

  it('cuts what a mapping names', async () => {
    const image = picture([1, 2, 3, 4], [2, 1, 2, 1]);
    const mask = picture([0, 1, 1, 0, 0, 1], [3, 1, 2, 1]);
    const cut = await values('Cut By Mask', { image, mask, mask_mapping_optional: [0, 1, 1] });
    // of one channel: a picture of four whose alpha is not 1 gives its alpha, which is the mask's times the picture's
    expect(cut).toEqual([2, 3, 4]);
    const wrong = run('Cut By Mask', { image, mask, mask_mapping_optional: [0, 1, 2] });
    await expect(wrong).rejects.toThrow('mask_mapping_optional must be below 2, the number of pictures, got 2');
  });

  it('multiply_alpha keeps the colours', async () => {
    const image1 = picture([0.5, 0.25, 1], [1, 1, 1, 3]);
    const image2 = picture([0.5], [1, 1, 1, 1]);
    const inputs = { image1, image2, op: 'multiply_alpha' };
    // gray is repeated to three channels first, and its gray is 0.5 but for a rounding
    const made = await values('Combine Masks', inputs);
    expect(made.slice(0, 3)).toEqual([0.5, 0.25, 1]);
    expect(Math.abs(made[3] - 0.5)).toBeLessThan(1e-4);
  });

  it('refuses pictures of other sizes and batches', async () => {
    const [one, two] = [picture([1], [1, 1, 1, 1]), picture([1, 2], [1, 1, 2, 1])];
    await expect(run('Combine Masks', { image1: one, image2: two })).rejects.toThrow('image2 must be 1 x 1');
    await expect(run('Mix Images By Mask', { image1: one, image2: one, mask: two })).rejects.toThrow(
      'mask must be 1 x 1',
    );
    await expect(run('Blur', { image: two, radius: 1 })).rejects.toThrow("radius must be below 1, the picture's side");
  });
});
