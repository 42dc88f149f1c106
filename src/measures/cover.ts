// What a mask covers: all that is not 0.
import type { Extent, Numbers } from '../engine.js';
import { type Measured, type Reached, reach } from './measure.js';

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The smallest rectangle around it; undefined where nothing is. */
function boundsOf(mask: Numbers, height: number, width: number): Bounds | undefined {
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
function areaOf(mask: Numbers): number {
  let sum = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) sum++;
  return sum;
}

export const bounds = (call: Measured<object>): Promise<(Bounds | undefined)[]> =>
  each(call, (mask, { height, width }) => boundsOf(mask, height, width));

export const area = (call: Measured<object>): Promise<number[]> => each(call, areaOf);

/** What `use` makes of each mask of the batch, where it lies. */
function each<T>({ recipe, home, signal }: Measured<object>, use: (mask: Numbers, extent: Extent) => T): Promise<T[]> {
  return reach(home, recipe, 'core', (reached) => eachOf(reached, use), signal);
}

async function eachOf<T>(reached: Reached, use: (mask: Numbers, extent: Extent) => T): Promise<T[]> {
  const { at, extent, memory, breath } = reached;
  const size = extent.height * extent.width;
  const made: T[] = [];
  for (let b = 0; b < extent.batch; b++) {
    // a view anew for each mask: other work may let memory grow while this pauses
    const bytes = extent.dtype === 'uint8';
    const mask = bytes
      ? new Uint8Array(memory.buffer, at + b * size, size)
      : new Float32Array(memory.buffer, at + b * size * 4, size);
    made.push(use(mask, extent));
    await breath?.();
  }
  return made;
}
