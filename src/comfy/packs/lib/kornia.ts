// kornia's separable filters on arrays of floats. Edges are mirrored without repeating the edge pixel.
import type { Plane } from './each.js';
import { reflected } from './edges.js';

/** gaussian_blur2d's kernel of an odd size. */
export function gaussianKernel(size: number, sigma: number): Float32Array<ArrayBuffer> {
  const half = (size - 1) / 2;
  const raw = Float64Array.from({ length: size }, (_, i) => Math.exp(-((i - half) ** 2) / (2 * sigma * sigma)));
  const sum = raw.reduce((total, one) => total + one, 0);
  return Float32Array.from(raw, (one) => one / sum);
}

/** filter2d_separable with the same kernel of odd size in both directions. */
export function filtered(
  { data, width, height }: Plane<Float32Array>,
  kernel: Float32Array,
): Plane<Float32Array<ArrayBuffer>> {
  return { data: pass(pass(data, width, height, 1, width), height, width, width, 1), width, height };

  function pass(
    from: Float32Array,
    length: number,
    lines: number,
    step: number,
    line: number,
  ): Float32Array<ArrayBuffer> {
    const radius = (kernel.length - 1) / 2;
    const places = Int32Array.from({ length: length + 2 * radius }, (_, i) => reflected(i - radius, length) * step);
    const to = new Float32Array(from.length);
    for (let l = 0; l < lines; l++) {
      for (let i = 0; i < length; i++) {
        let total = 0;
        for (let k = 0; k < kernel.length; k++) total += from[l * line + places[i + k]] * kernel[k];
        to[l * line + i * step] = total;
      }
    }
    return to;
  }
}
