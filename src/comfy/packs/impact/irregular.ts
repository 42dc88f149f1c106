// Impact: tiles with irregular edges. The original draws random circles along them. Here the random numbers start
// anew with every call, so that results are the same everywhere.
import type { Box } from '../../sockets.js';
import type { Around, Plane } from '../lib/each.js';
import { interpolated } from '../lib/interpolate.js';

export const MODES = ['Reuse fast', 'Reuse quality', 'All random fast', 'All random quality'] as const;
type Mode = (typeof MODES)[number];

/** Circles are drawn in this many parts on each edge, which the original does in parallel. */
const PARTS = 16;

/** The side of the drawing, which is then scaled to the size of a tile. */
export const sideOf = (mode: Mode): number => (mode === 'Reuse fast' ? 128 : 512);

/** How far circles reach into the drawing. */
export const reachOf = (side: number, factor: number): number => Math.max(6, Math.trunc((side * factor) / 4));

/** Random numbers from 0 to 1: mulberry32 with seed 1. */
function chances(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A square with circles along its four edges, of a radius from 5 up to the reach. */
function drawn(side: number, factor: number, next: () => number): Float32Array {
  const reach = reachOf(side, factor);
  const data = new Float32Array(side * side);
  const [start, end] = [reach, side - reach];
  const circle = (i: number, j: number, radius: number): void => {
    for (let x = i - radius; x < i + radius; x++) {
      for (let y = j - radius; y < j + radius; y++) {
        if ((x - i) ** 2 + (y - j) ** 2 <= radius ** 2) data[x * side + y] = 1;
      }
    }
  };
  const step = Math.floor((end - start) / PARTS);
  for (const [pivot, down] of [
    ...([
      [start, true],
      [end, true],
    ] as const),
    ...([
      [start, false],
      [end, false],
    ] as const),
  ]) {
    for (let part = start; part < end; part += step) {
      for (let i = part; i < Math.min(part + step, end); ) {
        const radius = 5 + Math.floor(next() * (reach - 5));
        if (down) circle(i, pivot, radius);
        else circle(pivot, i, radius);
        i += radius;
      }
    }
  }
  for (let x = start; x < end; x++) data.fill(1, x * side + start, x * side + end);
  return data;
}

/** Makes the mask of each tile within its region, from one drawing for all or a new drawing each time. */
export function irregularly(mode: Mode, factor: number, call: Around): (tile: Box, region: Box) => Promise<Plane> {
  const next = chances();
  const side = sideOf(mode);
  const kept = mode.startsWith('Reuse') ? drawn(side, factor, next) : undefined;
  return async ([x1, y1, x2, y2], [left, top, right, bottom]) => {
    const small = { data: kept ?? drawn(side, factor, next), shape: [1, side, side, 1] as const };
    const own = await interpolated(small, { width: x2 - x1, height: y2 - y1 }, 'bilinear', call);
    const [width, height] = [right - left, bottom - top];
    const data = new Float32Array(width * height);
    const fill = (row: number, from: number, to: number): void => {
      data.fill(1, row * width + from, row * width + to);
    };
    for (let y = y1; y < y2; y++) {
      const line = own.data.subarray((y - y1) * (x2 - x1), (y - y1 + 1) * (x2 - x1));
      data.set(line, (y - top) * width + x1 - left);
    }
    // at the edges of the region, an eighth of the tile is solid
    const [wide, high] = [Math.trunc((x2 - x1) / 8), Math.trunc((y2 - y1) / 8)];
    const lastOf = (length: number, part: number): number => (part ? Math.max(length - part, 0) : 0);
    if (x1 === left) for (let y = y1; y < y2; y++) fill(y - top, 0, Math.min(wide, width));
    if (y1 === top) for (let y = 0; y < Math.min(high, height); y++) fill(y, x1 - left, x2 - left);
    if (x2 === right) for (let y = y1; y < y2; y++) fill(y - top, lastOf(width, wide), width);
    if (y2 === bottom) for (let y = lastOf(height, high); y < height; y++) fill(y, x1 - left, x2 - left);
    return { data, width, height };
  };
}
