// torchvision's gaussian_blur of masks with a given number of weights. The edge is mirrored without repeating it.
import { refusal } from '../../../base/errors.js';
import type { Plane } from './each.js';
import { reflected } from './edges.js';

/** gaussian_blur's default sigma for a number of weights. */
export const sigmaOf = (size: number): number => 0.3 * ((size - 1) * 0.5 - 1) + 0.8;

/** torch refuses padding of a side or more. */
export function checkBlur(node: string, input: string, size: number, [, height, width]: readonly number[]): void {
  const most = Math.min(width, height);
  if ((size - 1) / 2 >= most) {
    throw refusal(node, input, `so that half of it is below ${most}, the shorter side of the mask`, size);
  }
}

/** Equal to torch's up to the rounding of its float32 sums. `size` is odd. */
export function torchBlur(plane: Plane, size: number, sigma = sigmaOf(size)): Plane<Float32Array<ArrayBuffer>> {
  const radius = (size - 1) / 2;
  return weighed(
    plane,
    Array.from({ length: size }, (_, i) => Math.exp(-0.5 * ((i - radius) / sigma) ** 2)),
  );
}

/** Convolves with an odd number of weights, from the left and from above, scaled to a sum of 1. */
export function weighed(plane: Plane, raw: readonly number[]): Plane<Float32Array<ArrayBuffer>> {
  const { width, height } = plane;
  const size = raw.length;
  const radius = (size - 1) / 2;
  const sum = raw.reduce((a, b) => a + b, 0);
  const weights = Float64Array.from(raw, (one) => one / sum);
  const places = (length: number): Int32Array =>
    Int32Array.from({ length: length + 2 * radius }, (_, i) => reflected(i - radius, length));
  const [across, down] = [places(width), places(height)];
  const lines = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = plane.data.subarray(y * width, (y + 1) * width);
    for (let x = 0; x < width; x++) {
      let total = 0;
      for (let k = 0; k < size; k++) total += weights[k] * row[across[x + k]];
      lines[y * width + x] = total;
    }
  }
  const sums = new Float64Array(width);
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let k = 0; k < size; k++) {
      const from = down[y + k] * width;
      for (let x = 0; x < width; x++) sums[x] += weights[k] * lines[from + x];
    }
    data.set(sums, y * width);
  }
  return { data, width, height };
}
