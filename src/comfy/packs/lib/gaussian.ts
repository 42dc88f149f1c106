// Gaussian blurs of other libraries on arrays: scipy's on bytes and floats, OpenCV's on floats.
import { atOnce } from '../../../base/pause.js';
import type { Plane } from './each.js';
import { mirrored, reflected } from './edges.js';
import { fma } from './fma.js';

/** numpy's order of summation: by eights up to 128 values, else by halves. */
function pairwise(values: Float64Array): number {
  const { length } = values;
  if (length < 8) return values.reduce((sum, value) => sum + value, 0);
  if (length > 128) {
    const half = Math.floor(length / 2) - (Math.floor(length / 2) % 8);
    return pairwise(values.subarray(0, half)) + pairwise(values.subarray(half));
  }
  const r = [...values.subarray(0, 8)];
  let i = 8;
  for (; i < length - (length % 8); i += 8) for (let j = 0; j < 8; j++) r[j] += values[i + j];
  let sum = r[0] + r[1] + (r[2] + r[3]) + (r[4] + r[5] + (r[6] + r[7]));
  for (; i < length; i++) sum += values[i];
  return sum;
}

/**
 * scipy.ndimage.gaussian_filter of bytes: each pass in double, truncated to bytes; the edge is mirrored and
 * repeated.
 */
export const scipyBytes = (plane: Plane<Uint8Array>, sigma: number): Uint8Array<ArrayBuffer> =>
  atOnce(twoPasses(plane, sigma, 'mirrored', (length) => new Uint8Array(length)));

/**
 * The same for floats, each pass rounded to float32, in steps that can be cancelled. Places beyond the edge may be
 * dark instead.
 */
export const scipyFloatsInSteps = (
  plane: Plane<Float32Array>,
  sigma: number,
  beyond: Beyond = 'mirrored',
): Generator<void, Float32Array<ArrayBuffer>> => twoPasses(plane, sigma, beyond, (length) => new Float32Array(length));
export const scipyFloats = (plane: Plane<Float32Array>, sigma: number): Float32Array<ArrayBuffer> =>
  atOnce(scipyFloatsInSteps(plane, sigma));

/** How many lines are read at once, because neighbours in memory are read together. */
const LANES = 16;

export type Beyond = 'mirrored' | 'dark';

function* twoPasses<T extends Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>>(
  { data, width, height }: Plane,
  sigma: number,
  beyond: Beyond,
  empty: (length: number) => T,
): Generator<void, T> {
  if (!(sigma > 1e-15)) {
    const same = empty(data.length);
    same.set(data);
    return same;
  }
  const radius = Math.trunc(4 * sigma + 0.5);
  const raw = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp((-0.5 / (sigma * sigma)) * (i - radius) ** 2),
  );
  const sum = pairwise(raw);
  const weights = raw.map((one) => one / sum);
  const down = yield* pass(data, height, width, 1, width);
  return yield* pass(down, width, height, width, 1);

  function* pass(
    from: Uint8Array | Float32Array,
    length: number,
    lines: number,
    line: number,
    step: number,
  ): Generator<void, T> {
    const to = empty(from.length);
    const whole = length + 2 * radius;
    const rows = new Float64Array(whole * LANES);
    const places = Int32Array.from({ length: whole }, (_, i) => mirrored(i - radius, length) * step);
    for (let start = 0; start < lines; start += LANES) {
      const wide = Math.min(LANES, lines - start);
      for (let i = 0; i < whole; i++) {
        if (beyond === 'dark' && (i < radius || i >= length + radius)) continue;
        const at = places[i] + start * line;
        for (let l = 0; l < wide; l++) rows[l * whole + i] = from[at + l * line];
      }
      for (let l = 0; l < wide; l++) {
        const [own, at] = [rows.subarray(l * whole, (l + 1) * whole), (start + l) * line];
        // most of a mask is flat, so the sum of equal values is computed once
        let [flat, ofFlat, same] = [Number.NaN, 0, 0];
        for (let i = Math.min(1 - 2 * radius, 0); i < length; i++) {
          const value = own[i + 2 * radius];
          same = value === own[i + 2 * radius - 1] ? same + 1 : 0;
          if (i < 0) continue;
          const isFlat = same >= 2 * radius;
          if (isFlat && value === flat) {
            to[at + i * step] = ofFlat;
            continue;
          }
          let total = own[i + radius] * weights[radius];
          for (let j = 0; j < radius; j++) total += (own[i + j] + own[i + 2 * radius - j]) * weights[j];
          to[at + i * step] = total;
          if (isFlat) [flat, ofFlat] = [value, total];
        }
        yield;
      }
    }
    return to;
  }
}

const SMALL: Record<number, readonly number[]> = {
  1: [1],
  3: [0.25, 0.5, 0.25],
  5: [0.0625, 0.25, 0.375, 0.25, 0.0625],
  7: [0.03125, 0.109375, 0.21875, 0.28125, 0.21875, 0.109375, 0.03125],
  9: [4, 13, 30, 51, 60, 51, 30, 13, 4].map((one) => one / 256),
};

/** cv2.getGaussianKernel(size, sigma) in float32. For sigma 0, sigma follows from the size. */
export function cvKernel(size: number, sigma = 0): Float32Array<ArrayBuffer> {
  if (sigma <= 0 && SMALL[size]) return Float32Array.from(SMALL[size]);
  const own = sigma > 0 ? sigma : size * 0.15 + 0.35;
  const scale = -0.125 / (own * own);
  const half = (size - 1) / 2;
  const side = Array.from({ length: half }, (_, i) => Math.exp((1 - size + 2 * i) ** 2 * scale));
  const part = 1 / (side.reduce((sum, one) => sum + one, 0) * 2 + 1);
  return Float32Array.from([...side, 1, ...side.reverse()], (one) => one * part);
}

/**
 * cv2.GaussianBlur of floats like OpenCV's vector code: rows from the left, columns from the middle in pairs, each
 * product and sum rounded once to float32. The edge is mirrored without repeating it.
 */
export function cvFloats(
  { data, width, height }: Plane<Float32Array>,
  kernel: Float32Array,
): Float32Array<ArrayBuffer> {
  const radius = (kernel.length - 1) / 2;
  const rows = new Float32Array(data.length);
  const [across, down] = [width, height].map((length) =>
    Int32Array.from({ length: length + 2 * radius }, (_, i) => reflected(i - radius, length)),
  );
  for (let y = 0; y < height; y++) {
    const line = data.subarray(y * width, (y + 1) * width);
    for (let x = 0; x < width; x++) {
      rows[y * width + x] = kernel.length === 3 || kernel.length === 5 ? about(line, x) : along(line, x);
    }
  }
  function along(line: Float32Array, x: number): number {
    let total = 0;
    for (let k = 0; k < kernel.length; k++) total = fma(line[across[x + k]], kernel[k], total);
    return total;
  }
  // of three and five values the nearest pair comes first; in the last column of an odd width the middle does
  function about(line: Float32Array, x: number): number {
    const middle = line[across[x + radius]];
    const pair = (k: number): number => Math.fround(line[across[x + radius - k]] + line[across[x + radius + k]]);
    const isLast = width % 2 === 1 && x === width - 1;
    const near = isLast
      ? fma(pair(1), kernel[radius + 1], Math.fround(middle * kernel[radius]))
      : fma(middle, kernel[radius], Math.fround(pair(1) * kernel[radius + 1]));
    return radius > 1 ? fma(pair(2), kernel[radius + 2], near) : near;
  }
  const to = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let total = Math.fround(rows[y * width + x] * kernel[radius]);
      for (let k = 1; k <= radius; k++) {
        const pair = Math.fround(rows[down[y + radius + k] * width + x] + rows[down[y + radius - k] * width + x]);
        total = fma(pair, kernel[radius + k], total);
      }
      to[y * width + x] = total;
    }
  }
  return to;
}
