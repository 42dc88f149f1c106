// Erosion and dilation by a square of any size on arrays, as scipy.ndimage's grey ones and as OpenCV's: they differ at the edges, and
// in where an even square leans.
import { atOnce } from '../../../base/pause.js';
import type { Plane } from './each.js';
import { mirrored } from './edges.js';

type Pick = (a: number, b: number) => number;

/**
 * Makes of a line, in place, the largest or smallest of `size` values from `first` on of every place: by blocks, from both
 * sides.
 */
function sliding(length: number, size: number, first: number, pick: Pick, outside?: number) {
  const count = length + size - 1;
  const places = Int32Array.from({ length: count }, (_, i) => {
    const at = i + first;
    if (outside === undefined) return mirrored(at, length);
    return at >= 0 && at < length ? at : length;
  });
  // behind the line what is outside of it
  const own = new Float32Array(length + 1);
  if (outside !== undefined) own[length] = outside;
  const [fore, back] = [new Float32Array(count), new Float32Array(count)];
  return (line: Float32Array): void => {
    own.set(line);
    for (let i = 0; i < count; i++) fore[i] = i % size ? pick(fore[i - 1], own[places[i]]) : own[places[i]];
    for (let i = count - 1; i >= 0; i--) {
      const isLast = i === count - 1 || (i + 1) % size === 0;
      back[i] = isLast ? own[places[i]] : pick(back[i + 1], own[places[i]]);
    }
    for (let i = 0; i < length; i++) line[i] = pick(back[i], fore[i + size - 1]);
  };
}

function* both(
  { data, width, height }: Plane,
  size: number,
  first: number,
  pick: Pick,
  outside?: number,
): Generator<void, Plane<Float32Array<ArrayBuffer>>> {
  const to = Float32Array.from(data);
  const across = sliding(width, size, first, pick, outside);
  for (let y = 0; y < height; y++) {
    across(to.subarray(y * width, (y + 1) * width));
    yield;
  }
  const down = sliding(height, size, first, pick, outside);
  const column = new Float32Array(height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) column[y] = to[y * width + x];
    down(column);
    for (let y = 0; y < height; y++) to[y * width + x] = column[y];
    yield;
  }
  return { data: to, width, height };
}

export const eroded = (plane: Plane, size: number) => atOnce(both(plane, size, -Math.floor(size / 2), Math.min));
/** In steps, between which it can be stopped. */
export const dilating = (plane: Plane, size: number) => both(plane, size, -Math.floor((size - 1) / 2), Math.max);
export const dilated = (plane: Plane, size: number) => atOnce(dilating(plane, size));
export const closed = (plane: Plane, size: number) => eroded(dilated(plane, size), size);
export const opened = (plane: Plane, size: number) => dilated(eroded(plane, size), size);

/** scipy.ndimage.binary_opening of 0 and 1: what is outside is 0. */
export function binaryOpened(plane: Plane, size: number) {
  const small = atOnce(both(plane, size, -Math.floor(size / 2), Math.min, 0));
  return atOnce(both(small, size, -Math.floor((size - 1) / 2), Math.max, 0));
}

/** cv2.dilate by a square of ones, or cv2.erode of a size below 0: what is outside does not count. In steps. */
export function* cvSpreading(plane: Plane, size: number): Generator<void, Plane> {
  if (size === 0) return plane;
  const first = -Math.floor(Math.abs(size) / 2);
  const [pick, outside] = size < 0 ? ([Math.min, Infinity] as const) : ([Math.max, -Infinity] as const);
  return yield* both(plane, Math.abs(size), first, pick, outside);
}
export const cvSpread = (plane: Plane, size: number): Plane => atOnce(cvSpreading(plane, size));
