// Erosion and dilation by a square of any size, like scipy.ndimage's grey versions and like OpenCV's. They differ at
// the edges and in where an even square is centred.
import { atOnce } from '../../../base/pause.js';
import type { Plane } from './each.js';
import { mirrored } from './edges.js';

/** How many lines are read at once, because neighbours in memory are read together. */
const LANES = 16;

/** The window of a place, and whether its greatest or least value is taken. */
interface Window {
  readonly size: number;
  readonly first: number;
  readonly most: boolean;
  /** The value of places beyond the ends. If undefined, the line is mirrored. */
  readonly outside?: number | undefined;
}

/**
 * Replaces each value of `lines` by the greatest or least in its window: running extremes of blocks, from both
 * sides.
 */
function* sliding(
  data: Float32Array,
  [length, step]: readonly [number, number],
  [lines, line]: readonly [number, number],
  { size, first, most, outside }: Window,
): Generator<void> {
  const count = length + size - 1;
  const places = Int32Array.from({ length: count }, (_, i) => {
    const at = i + first;
    if (outside === undefined) return mirrored(at, length) * LANES;
    return (at >= 0 && at < length ? at : length) * LANES;
  });
  // after each line comes the value outside of it
  const own = new Float32Array((length + 1) * LANES);
  if (outside !== undefined) own.fill(outside, length * LANES);
  const [fore, back] = [new Float32Array(count * LANES), new Float32Array(count * LANES)];
  for (let start = 0; start < lines; start += LANES) {
    const wide = Math.min(LANES, lines - start);
    for (let i = 0; i < length; i++) {
      const from = i * step + start * line;
      for (let l = 0; l < wide; l++) own[i * LANES + l] = data[from + l * line];
    }
    for (let i = 0; i < count; i++) {
      const [at, from] = [i * LANES, places[i]];
      if (i % size === 0) fore.set(own.subarray(from, from + LANES), at);
      else for (let l = 0; l < LANES; l++) fore[at + l] = further(fore[at + l - LANES], own[from + l], most);
    }
    for (let i = count - 1; i >= 0; i--) {
      const [at, from] = [i * LANES, places[i]];
      if (i === count - 1 || (i + 1) % size === 0) back.set(own.subarray(from, from + LANES), at);
      else for (let l = 0; l < LANES; l++) back[at + l] = further(back[at + l + LANES], own[from + l], most);
    }
    for (let i = 0; i < length; i++) {
      const [to, end] = [i * step + start * line, (i + size - 1) * LANES];
      for (let l = 0; l < wide; l++) data[to + l * line] = further(back[i * LANES + l], fore[end + l], most);
    }
    yield;
  }
}

const further = (a: number, b: number, most: boolean): number => (a > b === most ? a : b);

function* both({ data, width, height }: Plane, window: Window): Generator<void, Plane<Float32Array<ArrayBuffer>>> {
  const to = Float32Array.from(data);
  yield* sliding(to, [width, 1], [height, width], window);
  yield* sliding(to, [height, width], [width, 1], window);
  return { data: to, width, height };
}

const shrinking = (size: number, outside?: number): Window => ({
  ...{ size, first: -Math.floor(size / 2), most: false, outside },
});
const growing = (size: number, outside?: number): Window => ({
  ...{ size, first: -Math.floor((size - 1) / 2), most: true, outside },
});

export const eroded = (plane: Plane, size: number) => atOnce(both(plane, shrinking(size)));
/** In steps that can be cancelled. */
export const dilating = (plane: Plane, size: number) => both(plane, growing(size));
export const dilated = (plane: Plane, size: number) => atOnce(dilating(plane, size));
export const closed = (plane: Plane, size: number) => eroded(dilated(plane, size), size);
export const opened = (plane: Plane, size: number) => dilated(eroded(plane, size), size);

/** scipy.ndimage.binary_opening of 0 and 1. Places outside count as 0. */
export function binaryOpened(plane: Plane, size: number) {
  return atOnce(both(atOnce(both(plane, shrinking(size, 0))), growing(size, 0)));
}

/** cv2.dilate by a square of ones or, for a negative size, cv2.erode. Places outside do not count. In steps. */
export function* cvSpreading(plane: Plane, size: number): Generator<void, Plane> {
  if (size === 0) return plane;
  const [most, outside] = [size > 0, size > 0 ? -Infinity : Infinity];
  return yield* both(plane, { size: Math.abs(size), first: -Math.floor(Math.abs(size) / 2), most, outside });
}
export const cvSpread = (plane: Plane, size: number): Plane => atOnce(cvSpreading(plane, size));
