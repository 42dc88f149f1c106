// Thins lines of black and white pictures to one pixel, as for control maps (lvmin's thinning), and Otsu's
// threshold, in OpenCV's steps. Long work runs in steps that can be cancelled.
import type { Plane } from './each.js';

type Bytes = Plane<Uint8Array>;
/** A 3 x 3 square, row by row: 1 must be light, -1 must be dark. */
type Pattern = readonly number[];
/** How many pixels are examined between two steps. */
const STRIDE = 2 ** 12;

/** cv2's THRESH_OTSU. */
function otsu({ data }: Bytes): number {
  const counts = new Float64Array(256);
  for (const v of data) counts[v]++;
  const scale = 1 / data.length;
  const mean = counts.reduce((sum, count, v) => sum + v * count, 0) * scale;
  let [below, share, most, chosen] = [0, 0, 0, 0];
  for (const [v, count] of counts.entries()) {
    const part = count * scale;
    below *= share;
    share += part;
    const rest = 1 - share;
    if (Math.min(share, rest) < 2 ** -23 || Math.max(share, rest) > 1 - 2 ** -23) continue;
    below = (below + v * part) / share;
    const above = (mean - share * below) / rest;
    const apart = share * rest * (below - above) * (below - above);
    if (apart > most) [most, chosen] = [apart, v];
  }
  return chosen;
}

/** 255 above Otsu's threshold, else 0. */
export function inTwo(plane: Bytes): Bytes {
  const limit = otsu(plane);
  return { ...plane, data: plane.data.map((v) => (v > limit ? 255 : 0)) };
}

/** The value next to a pixel; undefined outside the picture. */
const beside = ({ data, width, height }: Bytes, at: number, dx: number, dy: number): number | undefined => {
  const [x, y] = [(at % width) + dx, Math.floor(at / width) + dy];
  return x < 0 || y < 0 || x >= width || y >= height ? undefined : data[y * width + x];
};

const LINES = [
  [1, 0],
  [0, 1],
  [1, 1],
  [1, -1],
] as const;

/** Keeps pixels that are the lightest of three in one of four directions. Everything else becomes 0. */
export function* ridges(plane: Bytes): Generator<void, Bytes> {
  const data = new Uint8Array(plane.data.length);
  for (let at = 0; at < data.length; at++) {
    if (at % plane.width === 0) yield;
    const v = plane.data[at];
    const isTop = ([dx, dy]: readonly [number, number]): boolean =>
      v >= (beside(plane, at, dx, dy) ?? 0) && v >= (beside(plane, at, -dx, -dy) ?? 0);
    if (LINES.some(isTop)) data[at] = v;
  }
  return { ...plane, data };
}

/** Turned counter-clockwise by a quarter. */
const quarter = (pattern: Pattern): Pattern => [2, 5, 8, 1, 4, 7, 0, 3, 6].map((from) => pattern[from]);

/** Both patterns, then both turned once, twice and three times. */
function turned(patterns: readonly Pattern[]): Pattern[] {
  const all: Pattern[] = [];
  let own = patterns;
  for (let i = 0; i < 4; i++) {
    all.push(...own);
    own = own.map(quarter);
  }
  return all;
}

const EDGES = turned([
  [-1, -1, -1, 0, 1, 0, 1, 1, 1],
  [0, -1, -1, 1, 1, -1, 0, 1, 0],
]);
const ENDS = turned([
  [-1, -1, -1, -1, 1, -1, 0, 0, -1],
  [-1, -1, -1, -1, 1, -1, -1, 0, 0],
]);

/**
 * Darkens pixels that match one of the patterns, in place; returns whether there were any. The patterns' centres are
 * light.
 */
function* removed(plane: Bytes, patterns: readonly Pattern[]): Generator<void, boolean> {
  const light: number[] = [];
  for (let at = 0; at < plane.data.length; at++) if (plane.data[at] > 127) light.push(at);
  const looks = (pattern: Pattern, at: number): boolean =>
    pattern.every((wanted, k) => {
      const value = wanted ? beside(plane, at, (k % 3) - 1, Math.floor(k / 3) - 1) : undefined;
      return value === undefined || (wanted > 0 ? value > 127 : value < 128);
    });
  let any = false;
  for (const pattern of patterns) {
    const found: number[] = [];
    for (const [i, at] of light.entries()) {
      if (i % STRIDE === 0) yield;
      if (looks(pattern, at)) found.push(at);
    }
    for (const at of found) plane.data[at] = 0;
    any ||= found.length > 0;
  }
  return any;
}

/** At most 32 rounds; then removes loose ends once if `ends`. */
export function* thinned(plane: Bytes, ends: boolean): Generator<void, Bytes> {
  const own = { ...plane, data: Uint8Array.from(plane.data) };
  for (let i = 0; i < 32 && (yield* removed(own, EDGES)); i++);
  if (ends) yield* removed(own, ENDS);
  return own;
}
