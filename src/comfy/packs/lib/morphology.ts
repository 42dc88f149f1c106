// Erosion and dilation by a square of any size on arrays, as scipy.ndimage's grey ones and as OpenCV's: they differ at the edges, and
// in where an even square leans.
import type { Plane } from './each.js';

type Pick = (a: number, b: number) => number;

/** Edges mirrored, themselves included. */
const mirrored = (i: number, length: number): number => {
  const period = 2 * length;
  const place = ((i % period) + period) % period;
  return place < length ? place : period - 1 - place;
};

/** The largest or smallest of `size` values from `first` on, of every place of a line: by blocks, from both sides. */
function slide(line: Float32Array, size: number, first: number, pick: Pick, outside?: number): Float32Array {
  const count = line.length + size - 1;
  const wide = Float32Array.from({ length: count }, (_, i) =>
    outside === undefined ? line[mirrored(i + first, line.length)] : (line[i + first] ?? outside),
  );
  const [fore, back] = [Float32Array.from(wide), Float32Array.from(wide)];
  for (let i = 0; i < count; i++) if (i % size) fore[i] = pick(fore[i - 1], wide[i]);
  for (let i = count - 2; i >= 0; i--) if ((i + 1) % size) back[i] = pick(back[i + 1], wide[i]);
  return line.map((_, i) => pick(back[i], fore[i + size - 1]));
}

function both(
  { data, width, height }: Plane,
  size: number,
  first: number,
  pick: Pick,
  outside?: number,
): Plane<Float32Array<ArrayBuffer>> {
  const to = Float32Array.from(data);
  for (let y = 0; y < height; y++) {
    to.set(slide(to.subarray(y * width, (y + 1) * width), size, first, pick, outside), y * width);
  }
  const column = new Float32Array(height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) column[y] = to[y * width + x];
    const made = slide(column, size, first, pick, outside);
    for (let y = 0; y < height; y++) to[y * width + x] = made[y];
  }
  return { data: to, width, height };
}

export const eroded = (plane: Plane, size: number) => both(plane, size, -Math.floor(size / 2), Math.min);
export const dilated = (plane: Plane, size: number) => both(plane, size, -Math.floor((size - 1) / 2), Math.max);
export const closed = (plane: Plane, size: number) => eroded(dilated(plane, size), size);
export const opened = (plane: Plane, size: number) => dilated(eroded(plane, size), size);

/** scipy.ndimage.binary_opening of 0 and 1: what is outside is 0. */
export const binaryOpened = (plane: Plane, size: number) =>
  both(both(plane, size, -Math.floor(size / 2), Math.min, 0), size, -Math.floor((size - 1) / 2), Math.max, 0);

/** cv2.dilate by a square of ones, or cv2.erode of a size below 0: what is outside does not count. */
export function cvSpread(plane: Plane, size: number): Plane {
  if (size === 0) return plane;
  const first = -Math.floor(Math.abs(size) / 2);
  return size < 0
    ? both(plane, -size, first, Math.min, Number.POSITIVE_INFINITY)
    : both(plane, size, first, Math.max, Number.NEGATIVE_INFINITY);
}
