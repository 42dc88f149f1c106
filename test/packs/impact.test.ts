// Impact's nodes without recorded calls: cases worked out from their source by numpy and OpenCV.
import { describe, expect, it } from 'vitest';
import { runNode } from '../../src/comfy/index.js';
import { type ImageBatch, type MaskBatch, open } from '../../src/index.js';

const device = await open({ device: 'wasm' });
const run = (name: string, inputs: Record<string, unknown>) => runNode(device, name, inputs);
const bytes = async (mask: unknown): Promise<number[]> => [...(await (mask as MaskBatch).as('uint8').bytes())];
const mask = (width: number, ...values: number[]): MaskBatch =>
  device.mask(Uint8Array.from(values), [1, values.length / width, width]);
const seg = (crop_region: number[], own: MaskBatch) => ({
  ...{ label: 'A', confidence: 1, crop_region, bbox: crop_region },
  mask: own.as('float32'),
});
const segs = { size: [2, 3], segs: [seg([0, 0, 2, 1], mask(2, 5, 8)), seg([1, 0, 3, 2], mask(2, 3, 255, 0, 16))] };

describe('SEGS', () => {
  it('become one mask, a list, or a batch', async () => {
    const [one] = await run('SegsToCombinedMask', { segs });
    expect(await bytes(one)).toEqual([5, 11, 255, 0, 0, 16]);
    const [list] = (await run('ImpactSEGSToMaskList', { segs })) as [MaskBatch[]];
    expect(await Promise.all(list.map(bytes))).toEqual([
      [5, 8, 0, 0, 0, 0],
      [0, 3, 255, 0, 0, 16],
    ]);
    const [batch] = await run('ImpactSEGSToMaskBatch', { segs });
    expect(await bytes(batch)).toEqual([5, 8, 0, 0, 0, 0, 0, 3, 255, 0, 0, 16]);
    const image = device.image(new Uint8Array(3 * 3 * 3), [1, 3, 3, 3]);
    const [large] = await run('SegsMaskCombine', { segs, image });
    expect(await bytes(large)).toEqual([5, 11, 255, 0, 0, 16, 0, 0, 0]);
    const [none] = (await run('ImpactSEGSToMaskList', { segs: { size: [1, 2], segs: [] } })) as [MaskBatch[]];
    expect(await bytes(none[0])).toEqual([0, 0]);
  });

  it('have bits in common with a mask', async () => {
    const whole = mask(3, 4, 9, 7, 1, 2, 48);
    for (const name of ['ImpactSegsAndMask', 'Segs & Mask']) {
      const [{ segs: made }] = (await run(name, { segs, mask: whole })) as [typeof segs];
      expect(await Promise.all(made.map((one) => bytes(one.mask)))).toEqual([
        [4, 8],
        [1, 7, 0, 16],
      ]);
    }
    const [{ segs: first }] = (await run('ImpactSegsAndMaskForEach', { segs, masks: whole })) as [typeof segs];
    expect(await Promise.all(first.map((one) => bytes(one.mask)))).toEqual([[4, 8]]);
    await expect(run('ImpactSegsAndMask', { segs, mask: mask(2, 0, 0) })).rejects.toThrow(
      'as large as the regions reach',
    );
  });

  it('have masks that grow and blur within their region', async () => {
    const own = { size: [3, 3], segs: [seg([0, 0, 3, 3], mask(3, 0, 0, 0, 0, 200, 0, 0, 0, 0))] };
    const masks = async (name: string, more: object): Promise<number[]> => {
      const [{ segs: made }] = (await run(name, { segs: own, ...more })) as [typeof segs];
      return bytes(made[0].mask);
    };
    // cv2.dilate by 2 x 2 looks up and to the left
    expect(await masks('ImpactDilateMaskInSEGS', { dilation: 2 })).toEqual([0, 0, 0, 0, 200, 200, 0, 200, 200]);
    expect(await masks('ImpactDilateMaskInSEGS', { dilation: -2 })).toEqual(Array(9).fill(0));
    // half of 3 is one weight: no blur
    expect(await masks('ImpactGaussianBlurMaskInSEGS', { kernel_size: 3 })).toEqual([0, 0, 0, 0, 200, 0, 0, 0, 0]);
  });

  it('of another size than their region are refused', async () => {
    const wrong = { size: [2, 3], segs: [seg([0, 0, 2, 2], mask(2, 5, 8))] };
    await expect(run('SegsToCombinedMask', { segs: wrong })).rejects.toThrow('as large as their crop_region');
  });

  it('are made of parts, the last first, not of what lies in holes', async () => {
    const rows = [
      '#########..',
      '#.......#..',
      '#.###...#..',
      '#.###...#..',
      '#.###...#.#',
      '#.......###',
      '#########..',
    ];
    const given = mask(11, ...[...rows.join('')].map((one) => (one === '#' ? 255 : 0)));
    const [{ segs: one }] = (await run('MaskToSEGS', { mask: given, drop_size: 1, crop_factor: 1 })) as [typeof segs];
    expect(one.map(({ bbox }) => bbox)).toEqual([[0, 0, 11, 7]]);
  });
});

describe('lists and switches', () => {
  const [a, b] = [mask(2, 1, 2), mask(2, 3, 4)];

  it('take batches apart and put them together', async () => {
    const [batch] = await run('ImpactMakeMaskBatch', { mask1: a, mask2: b });
    expect(await bytes(batch)).toEqual([1, 2, 3, 4]);
    const [list] = (await run('MasksToMaskList', { masks: batch })) as [MaskBatch[]];
    expect(await Promise.all(list.map(bytes))).toEqual([
      [1, 2],
      [3, 4],
    ]);
    const [again] = await run('MaskListToMaskBatch', { mask: list });
    expect(await bytes(again)).toEqual([1, 2, 3, 4]);
    const [two] = (await run('ImpactMakeMaskList', { mask1: a, mask2: b })) as [MaskBatch[]];
    expect(await Promise.all(two.map(bytes))).toEqual([
      [1, 2],
      [3, 4],
    ]);
    await expect(run('ImpactMakeMaskBatch', { mask1: a, mask2: mask(1, 0) })).rejects.toThrow('of one size');
  });

  it('ImpactMakeImageBatch makes pictures as large as the first', async () => {
    const image1 = device.image(Uint8Array.of(9, 9, 9), [1, 1, 1, 3]);
    const image2 = device.image(new Uint8Array(12).fill(70), [1, 2, 2, 3]);
    const [made] = (await run('ImpactMakeImageBatch', { image1, image2 })) as [ImageBatch];
    expect([...(await made.as('uint8').bytes())]).toEqual([9, 9, 9, 70, 70, 70]);
  });

  it('ImpactSwitch gives what came on the input of the number', async () => {
    const [chosen, ...rest] = await run('ImpactSwitch', { select: 2, input1: a, input2: b });
    expect([await bytes(chosen), ...rest]).toEqual([[3, 4], 'input2', 2]);
    expect(await run('ImpactSwitch', { select: 3, input1: a })).toEqual([undefined, '', 3]);
  });

  it('ImageMaskSwitch', async () => {
    const images1 = device.image(Uint8Array.of(9, 9, 9), [1, 1, 1, 3]);
    const [image, none] = await run('ImageMaskSwitch', { select: 1, images1 });
    expect([image, none]).toEqual([images1, undefined]);
    const [, second] = await run('ImageMaskSwitch', { select: 2, images1, mask2_opt: b });
    expect(await bytes(second)).toEqual([3, 4]);
  });

  it('RemoveNoiseMask', async () => {
    expect(await run('RemoveNoiseMask', { samples: { samples: 7, noise_mask: a, more: 1 } })).toEqual([
      { samples: 7, more: 1 },
    ]);
  });
});
