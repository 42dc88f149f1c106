// torch's interpolate with antialias, bicubic or bilinear: Pillow's weights on floats, in doubles.
import type { Floats } from './pictures.js';
import { empty } from './pictures.js';

function cubic(x: number): number {
  const t = Math.abs(x);
  if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
  return t < 2 ? (((t - 5) * t + 8) * t - 4) * -0.5 : 0;
}

const triangle = (x: number): number => Math.max(1 - Math.abs(x), 0);

const filters = { bicubic: { reach: 2, weigh: cubic }, bilinear: { reach: 1, weigh: triangle } } as const;
type Filter = keyof typeof filters;

interface Tap {
  readonly first: number;
  readonly weights: readonly number[];
}

function tapsOf(from: number, to: number, filter: Filter, scale = from / to): Tap[] {
  const { reach, weigh } = filters[filter];
  const wide = Math.max(scale, 1);
  return Array.from({ length: to }, (_, i) => {
    const middle = scale * (i + 0.5);
    const first = Math.max(Math.trunc(middle - reach * wide + 0.5), 0);
    const count = Math.min(Math.trunc(middle + reach * wide + 0.5), from) - first;
    const raw = Array.from({ length: count }, (_, j) => weigh((j + first - middle + 0.5) / wide));
    const sum = raw.reduce((a, b) => a + b, 0);
    return { first, weights: raw.map((one) => one / sum) };
  });
}

/** `scale`: the factor by which it shrinks, if a factor was asked for instead of a size. */
export function antialiased(
  { data, shape }: Floats,
  width: number,
  height: number,
  filter: Filter = 'bicubic',
  scale?: number,
): Floats {
  const [batch, rows, columns, channels] = shape;
  const [across, down] = [tapsOf(columns, width, filter, scale), tapsOf(rows, height, filter, scale)];
  const wide = new Float64Array(batch * rows * width * channels);
  for (let line = 0; line < batch * rows; line++) {
    for (const [x, { first, weights }] of across.entries()) {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (const [j, weight] of weights.entries()) sum += weight * data[(line * columns + first + j) * channels + c];
        wide[(line * width + x) * channels + c] = sum;
      }
    }
  }
  const made = empty([batch, height, width, channels]);
  const row = width * channels;
  for (let b = 0; b < batch; b++) {
    for (const [y, { first, weights }] of down.entries()) {
      for (let i = 0; i < row; i++) {
        let sum = 0;
        for (const [j, weight] of weights.entries()) sum += weight * wide[(b * rows + first + j) * row + i];
        made.data[(b * height + y) * row + i] = sum;
      }
    }
  }
  return made;
}
