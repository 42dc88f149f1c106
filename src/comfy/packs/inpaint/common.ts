// Shared by the inpaint nodes: masks cut at a limit, grown, shrunk and blurred like the originals.
import type { MaskBatch } from '../../../index.js';
import { type Around, batchOf, floatsOf, type Plane } from '../lib/each.js';
import { filtered, gaussianKernel } from '../lib/kornia.js';

export const inpaint = { category: 'inpaint', module: 'custom_nodes.comfyui-inpaint-nodes' } as const;

export const onEdges = 'A kernel larger than the picture mirrors it again and again; the original fails there.';

/** The next smaller float: a value above it is at least `value`. */
function before(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer);
  bits[0]--;
  return new Float32Array(bits.buffer)[0];
}
const ALMOST = before(0.99);
const ONE = before(1);

/** White at 0.99 and above. */
export const floored = (mask: MaskBatch): MaskBatch => mask.as('float32').threshold({ value: ALMOST });

/** White where a square of this radius is entirely white. Places outside the picture count as white. */
export const eroded = (mask: MaskBatch, radius: number): MaskBatch =>
  mask.as('float32').grow({ expand: -radius, shape: 'square' }).threshold({ value: ONE });

/** White where the sum of such a square is above 0. Without negative values that is a plain dilation. */
export async function dilated(mask: MaskBatch, radius: number, call: Around): Promise<MaskBatch> {
  const planes = await floatsOf(mask, call);
  if (planes.some(({ data }) => data.some((value) => value < 0))) {
    return batchOf(
      call,
      planes.map((plane) => ({ ...plane, data: sums(plane, radius).map((sum) => (sum > 0 ? 1 : 0)) })),
    );
  }
  return mask.as('float32').grow({ expand: radius, shape: 'square' }).threshold({ value: 0 });
}

/** The sum of a square around each pixel. Places outside the picture count as 0. */
function sums({ data, width, height }: Plane<Float32Array>, radius: number): Float32Array<ArrayBuffer> {
  const rows = new Float64Array(data.length);
  const all = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const end = Math.min(width - 1, x + radius);
      for (let i = Math.max(0, x - radius); i <= end; i++) rows[y * width + x] += data[y * width + i];
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const end = Math.min(height - 1, y + radius);
      let sum = 0;
      for (let i = Math.max(0, y - radius); i <= end; i++) sum += rows[i * width + x];
      all[y * width + x] = sum;
    }
  }
  return all;
}

export const odd = (size: number): number => (size > 0 && size % 2 === 0 ? size + 1 : size);

/** A Gaussian kernel whose standard deviation follows from its size. */
export const gaussian = (size: number): Float32Array => gaussianKernel(size, 0.3 * (size - 1) + 0.8);

/** A box or tent of odd size, with a sum of 1. */
export function kernelOf(type: string, size: number): Float32Array {
  if (type === 'gaussian') return gaussian(size);
  const half = Math.floor(size / 2);
  const tent = (i: number): number => (Math.min(i, size - 1 - i) < half ? slope(Math.min(i, size - 1 - i), half) : 1);
  const raw = Float64Array.from({ length: size }, (_, i) => (type === 'box' || size === 3 ? 1 : tent(i)));
  const sum = raw.reduce((total, one) => total + one, 0);
  return Float32Array.from(raw, (one) => one / sum);
}

/** Rises from 1 / half to (half - 1) / half in `half` steps. */
const slope = (i: number, half: number): number =>
  half === 1 ? 1 / half : 1 / half + (i * (half - 2)) / half / (half - 1);

/** Applies a function to each mask of the batch. */
export async function mapped(
  mask: MaskBatch,
  call: Around,
  make: (plane: Plane<Float32Array>) => Plane,
): Promise<MaskBatch> {
  return batchOf(call, (await floatsOf(mask, call)).map(make));
}

export const blurred = (mask: MaskBatch, call: Around, kernel: Float32Array): Promise<MaskBatch> =>
  mapped(mask, call, (plane) => filtered(plane, kernel));

/** The opacity of a fill or blur: full inside the mask, less towards its edge. */
export async function alphaOf(mask: MaskBatch, falloff: number, call: Around): Promise<Plane<Float32Array>[]> {
  const alpha = floored(mask);
  if (falloff <= 0) return floatsOf(alpha, call);
  const soft = await blurred(eroded(alpha, falloff), call, gaussian(falloff));
  return floatsOf(alpha.multiply(soft), call);
}
