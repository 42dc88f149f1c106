// WAS: thresholds, dilation and blurs of a mask, each on bytes.
import { MaskBatch as Mask } from '../../../index.js';
import { float, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { scipyBytes } from '../lib/gaussian.js';
import { onBatches, regionOf, was, where } from './common.js';

const one = { ...was, outputs: [['MASK', 'MASKS']], quirk: onBatches } as const;
const iterations = int({ default: 5, min: 1, max: 64 });
const byte = (fallback: number) => int({ default: fallback, min: 0, max: 255 });

export const tones = {
  'Mask Threshold Region': node({
    ...one,
    title: 'Mask Threshold Region',
    about: 'Bytes below black_threshold become 0, those of the rest above white_threshold 1.',
    inputs: { masks: mask, black_threshold: byte(75), white_threshold: byte(175) },
    run: ({ masks, black_threshold, white_threshold }, call) =>
      regionOf(masks, call, ({ data, ...size }) => ({
        ...size,
        data: data.map((v) => 255 - (v < black_threshold ? 0 : v > white_threshold ? 255 : v)),
      })),
  }),

  'Mask Floor Region': node({
    ...one,
    title: 'Mask Floor Region',
    about: '1 above the smallest byte that is not 0, 0 at and below it.',
    inputs: { masks: mask },
    run: ({ masks }, call) =>
      regionOf(masks, call, (plane) => {
        const floor = plane.data.reduce((least, v) => (v > 0 && v < least ? v : least), 255);
        return where(plane, (at) => plane.data[at] <= floor);
      }),
  }),

  'Mask Ceiling Region': node({
    ...one,
    title: 'Mask Ceiling Region',
    about: 'Bytes below 225 become 0, those from 250 on 1.',
    inputs: { masks: mask },
    run: ({ masks }, call) =>
      regionOf(masks, call, ({ data, ...size }) => ({
        ...size,
        data: data.map((v) => 255 - (v < 225 ? 0 : v >= 250 ? 255 : v)),
      })),
  }),

  'Mask Smooth Region': node({
    ...one,
    title: 'Mask Smooth Region',
    about: 'Blurred as scipy.ndimage.gaussian_filter blurs bytes, then 1 from half of its largest byte on.',
    inputs: { masks: mask, sigma: float({ default: 5, min: 0, max: 128, step: 0.1 }) },
    run: ({ masks, sigma }, call) =>
      regionOf(masks, call, (plane) => {
        const smooth = scipyBytes(plane, sigma);
        const half = smooth.reduce((most, v) => Math.max(most, v), 0) / 2;
        return where(plane, (at) => smooth[at] < half);
      }),
  }),

  'Mask Gaussian Region': node({
    ...one,
    title: 'Mask Gaussian Region',
    about: "Pillow's GaussianBlur by whole pixels: a fraction of the radius is truncated.",
    quirk: 'A radius above 1000 counts as 1000.',
    inputs: { masks: mask, radius: float({ default: 5, min: 0, max: 1024, step: 0.1 }) },
    // inverted in bytes before the blur, and in floats after it
    run: ({ masks, radius }) => [
      masks
        .as('uint8')
        .invert()
        .blur({ radius: Math.min(Math.trunc(radius), 1000) })
        .as('float32')
        .invert(),
    ],
  }),

  'Mask Dilate Region': node({
    ...one,
    title: 'Mask Dilate Region',
    about: '1 within a number of steps of any byte that is not 0.',
    inputs: { masks: mask, iterations },
    run: ({ masks, iterations }) => [
      masks.as('uint8').threshold({ value: 0 }).grow({ expand: iterations, shape: 'diamond' }).as('float32'),
    ],
  }),

  'Mask Erode Region': node({
    ...one,
    title: 'Mask Erode Region',
    about: '1 where neither a byte 0 nor the edge of the picture is within a number of steps.',
    inputs: { masks: mask, iterations },
    run({ masks, iterations }, { device }) {
      const [batch, height, width] = masks.shape;
      // places beyond the edge are black; one row of them is enough
      const black = device.solid({ value: 0, width: width + 2, height: height + 2 });
      const floor = Mask.cat(Array.from({ length: batch }, () => black));
      const whole = floor.composite(masks.as('uint8').threshold({ value: 0 }), { x: 1, y: 1, operation: 'add' });
      return [whole.grow({ expand: -iterations, shape: 'diamond' }).crop({ x: 1, y: 1, width, height })];
    },
  }),
};
