// Impact: joins, grows and blurs masks.
import type { MaskBatch } from '../../../index.js';
import { int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { type Around, batchOf, floatsOf } from '../lib/each.js';
import { cvSpread } from '../lib/morphology.js';
import { dilation, feathered, gaussian, impact, util, wrapped } from './common.js';

const f = Math.fround;
const two = { mask1: mask, mask2: mask };
const other = 'Where the two are not of one shape, the first comes as it is.';

/** Both masks as floats, or only the first if their shapes differ. */
async function paired(
  { mask1, mask2 }: { mask1: MaskBatch; mask2: MaskBatch },
  call: Around,
  make: (a: Float32Array, b: Float32Array) => Float32Array,
): Promise<MaskBatch[]> {
  if (mask1.shape.join() !== mask2.shape.join()) return [mask1];
  const [first, second] = await Promise.all([floatsOf(mask1, call), floatsOf(mask2, call)]);
  return [
    batchOf(
      call,
      first.map((plane, b) => ({ ...plane, data: make(plane.data, second[b].data) })),
    ),
  ];
}

const summed = (sign: number) => (a: Float32Array, b: Float32Array) =>
  a.map((x, i) => Math.min(Math.max(f(f(f(x * 255) + sign * f(b[i] * 255)) / 255), 0), 1));

export const masks = {
  ToBinaryMask: node({
    ...impact,
    title: 'ToBinaryMask',
    about: '1 where the mask is above threshold / 255, compared as float32; 0 elsewhere.',
    inputs: { mask, threshold: int({ default: 20, min: 1, max: 255 }) },
    run: ({ mask, threshold }) => [
      mask
        .as('float32')
        .clamp()
        .threshold({ value: threshold / 255 }),
    ],
  }),

  AddMask: node({
    ...impact,
    title: 'Pixelwise(MASK + MASK)',
    about: `The sum, through floats of 0..255, clamped to 0..1. ${other}`,
    inputs: two,
    run: (given, call) => paired(given, call, summed(1)),
  }),

  SubtractMask: node({
    ...impact,
    title: 'Pixelwise(MASK - MASK)',
    about: `The first less the second, through floats of 0..255, clamped to 0..1. ${other}`,
    inputs: two,
    run: (given, call) => paired(given, call, summed(-1)),
  }),

  BitwiseAndMask: node({
    ...impact,
    title: 'Pixelwise(MASK & MASK)',
    about: `The bits that two floats have in common, as OpenCV's bitwise_and: of masks of 0 and 1 what is in both. ${other}`,
    inputs: two,
    run: (given, call) =>
      paired(given, call, (a, b) => {
        const [x, y] = [new Int32Array(Float32Array.from(a).buffer), new Int32Array(Float32Array.from(b).buffer)];
        return new Float32Array(x.map((bits, i) => bits & y[i]).buffer);
      }),
  }),

  ImpactFlattenMask: node({
    ...impact,
    title: 'Flatten Mask Batch',
    about: 'The union (or) of all masks as truncated bytes, given as floats of 0..255; the original gives bytes.',
    inputs: { masks: mask },
    async run({ masks }, call) {
      const all = await wrapped(masks, call);
      const made = new Float32Array(all[0].data.length);
      for (const { data } of all) for (const [i, byte] of data.entries()) made[i] |= byte;
      return [batchOf(call, [{ ...all[0], data: made }])];
    },
  }),

  ImpactDilateMask: node({
    ...util,
    title: 'Dilate Mask',
    about: "OpenCV's dilate by a square of this size, or its erode if negative.",
    quirk: 'Each mask of a batch is processed separately; the original treats all of them as one picture.',
    inputs: { mask, dilation },
    async run({ mask, dilation }, call) {
      const all = await floatsOf(mask, call);
      return [
        batchOf(
          call,
          all.map((plane) => cvSpread(plane, dilation)),
        ),
      ];
    },
  }),

  ImpactGaussianBlurMask: node({
    ...util,
    title: 'Gaussian Blur Mask',
    about:
      "torchvision's Gaussian of 2 * kernel_size + 1 weights; where that is not below the shorter side, of about half of it, and below 3 none.",
    inputs: { mask, ...gaussian },
    async run({ mask, kernel_size, sigma }, call) {
      const all = await floatsOf(mask, call);
      return [
        batchOf(
          call,
          all.map((plane) => feathered(plane, kernel_size, sigma)),
        ),
      ];
    },
  }),
};
