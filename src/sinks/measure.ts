// What a mask covers: all that is not 0.
import type { Numbers } from '../engine.js';

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The smallest rectangle around it; undefined where nothing is. */
export function bounds(mask: Numbers, height: number, width: number): Bounds | undefined {
  let [left, right, top, bottom] = [width, -1, -1, -1];
  for (let y = 0, row = 0; y < height; y++, row += width) {
    let [from, to] = [0, width - 1];
    while (from < width && mask[row + from] === 0) from++;
    if (from === width) continue;
    while (mask[row + to] === 0) to--;
    if (top < 0) top = y;
    bottom = y;
    left = Math.min(left, from);
    right = Math.max(right, to);
  }
  return bottom < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** How many pixels that is. */
export function area(mask: Numbers): number {
  let sum = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) sum++;
  return sum;
}
