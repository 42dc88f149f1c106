// scipy.ndimage's grey_erosion and grey_dilation of a square of any size on arrays; an even one leans as scipy's does.
import type { Plane } from './each.js';

type Pick = (a: number, b: number) => number;

/** Edges mirrored, themselves included. */
const mirrored = (i: number, length: number): number => {
  const period = 2 * length;
  const place = ((i % period) + period) % period;
  return place < length ? place : period - 1 - place;
};

/** The largest or smallest of `size` values from `first` on, of every place of a line: by blocks, from both sides. */
function slide(line: Float32Array, size: number, first: number, pick: Pick): Float32Array {
  const count = line.length + size - 1;
  const wide = Float32Array.from({ length: count }, (_, i) => line[mirrored(i + first, line.length)]);
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
): Plane<Float32Array<ArrayBuffer>> {
  const to = Float32Array.from(data);
  for (let y = 0; y < height; y++) to.set(slide(to.subarray(y * width, (y + 1) * width), size, first, pick), y * width);
  const column = new Float32Array(height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) column[y] = to[y * width + x];
    const made = slide(column, size, first, pick);
    for (let y = 0; y < height; y++) to[y * width + x] = made[y];
  }
  return { data: to, width, height };
}

export const eroded = (plane: Plane, size: number) => both(plane, size, -Math.floor(size / 2), Math.min);
export const dilated = (plane: Plane, size: number) => both(plane, size, -Math.floor((size - 1) / 2), Math.max);
export const closed = (plane: Plane, size: number) => eroded(dilated(plane, size), size);
export const opened = (plane: Plane, size: number) => dilated(eroded(plane, size), size);
