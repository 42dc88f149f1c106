// LayerStyle's mask_fix, which removes specks and closes gaps, in floats and bit for bit like OpenCV and numpy.
import { bilateral } from './bilateral.js';
import { cvDilated, cvEroded } from './cvSquare.js';
import type { Plane } from './each.js';
import { cvFloats, cvKernel } from './gaussian.js';

const f = Math.fround;

/** numpy's order of summation for floats: by eights up to 128 values, else by halves. */
function sumOf(values: Float32Array): number {
  const { length } = values;
  if (length < 8) return values.reduce((sum, value) => f(sum + value), 0);
  if (length > 128) {
    const half = Math.floor(length / 2) - (Math.floor(length / 2) % 8);
    return f(sumOf(values.subarray(0, half)) + sumOf(values.subarray(half)));
  }
  const r = Float32Array.from(values.subarray(0, 8));
  const whole = length - (length % 8);
  for (let i = 8; i < whole; i++) r[i % 8] += values[i];
  let sum = f(f(f(r[0] + r[1]) + f(r[2] + r[3])) + f(f(r[4] + r[5]) + f(r[6] + r[7])));
  for (let i = whole; i < length; i++) sum = f(sum + values[i]);
  return sum;
}

/** 99 parts of the blurred plane and one part of its mean. */
function softened(plane: Plane<Float32Array>): Float32Array {
  const blurred = cvFloats(plane, cvKernel(3));
  const mean = f(f(sumOf(plane.data) / plane.data.length) * 0.01);
  return blurred.map((x) => f(x * f(0.99)) + mean);
}

/** np.clip, which keeps NaN. */
const clip = (x: number, least: number, most: number): number => (x < least ? least : x > most ? most : x);

export function maskFix(plane: Plane<Float32Array>, gap: number, threshold: number): Plane<Float32Array<ArrayBuffer>> {
  const { data, width, height } = plane;
  const white = f(threshold);
  const range = f(1 - threshold);
  const alpha = data.map((x) => clip(f(f(x - white) / range), 0, 1));
  const light = data.map((x, i) => x * alpha[i]);
  const [soft, color] = [softened({ ...plane, data: alpha }), softened({ ...plane, data: light })];
  const cleaned = bilateral(plane);
  for (let i = 0; i < cleaned.length; i++) {
    const shade = f(f(color[i] / clip(soft[i], f(0.00001), 1)) * white);
    cleaned[i] = clip(f(cleaned[i] / shade), 0, 1);
  }
  if (gap === 0) return { data: cleaned, width, height };
  const squares = cleaned.map((x) => x * x);
  const shrunk = cvEroded(cvDilated({ data: squares, width, height }, gap), gap + 1);
  const closed = cvFloats(shrunk, cvKernel(gap * 2 + 1));
  return { data: cleaned.map((x, i) => Math.max(x, closed[i])), width, height };
}
