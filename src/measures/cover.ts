// What a mask covers: all that is not 0.
import type { Extent, Numbers } from '../engine.js';
import { type Measured, type Reached, reach } from './measure.js';

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What is collected while the rows of a mask are read. */
interface Look<T> {
  row(mask: Numbers, from: number, y: number): void;
  readonly found: () => T;
}

/** The smallest rectangle around it; undefined where nothing is. */
function boundsOf({ width }: Extent): Look<Bounds | undefined> {
  let [left, right, top, bottom] = [width, -1, -1, -1];
  return {
    row(mask, row, y) {
      let [from, to] = [0, width - 1];
      while (from < width && mask[row + from] === 0) from++;
      if (from === width) return;
      while (mask[row + to] === 0) to--;
      if (top < 0) top = y;
      bottom = y;
      left = Math.min(left, from);
      right = Math.max(right, to);
    },
    found: () => (bottom < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }),
  };
}

/** How many pixels that is. */
function areaOf({ width }: Extent): Look<number> {
  let sum = 0;
  return {
    row(mask, from) {
      for (let i = from; i < from + width; i++) if (mask[i] !== 0) sum++;
    },
    found: () => sum,
  };
}

export const bounds = (call: Measured<object>): Promise<(Bounds | undefined)[]> => each(call, boundsOf);
export const area = (call: Measured<object>): Promise<number[]> => each(call, areaOf);

/** What is found on each mask of the batch, where it lies. */
function each<T>({ node, evaluator, signal }: Measured<object>, look: (extent: Extent) => Look<T>): Promise<T[]> {
  return reach(evaluator, node, 'core', (reached) => eachOf(reached, look), signal);
}

/** Pixels between two pauses. */
const PIECE = 2 ** 16;

async function eachOf<T>({ at, extent, memory, pause }: Reached, look: (extent: Extent) => Look<T>): Promise<T[]> {
  const { width, height, batch } = extent;
  const size = height * width;
  const rows = Math.max(1, Math.floor(PIECE / width));
  const made: T[] = [];
  for (let b = 0; b < batch; b++) {
    const one = look(extent);
    for (let top = 0; top < height; top += rows) {
      // a new view for each piece: other work may make memory grow during a pause
      const bytes = extent.dtype === 'uint8';
      const mask = bytes
        ? new Uint8Array(memory.buffer, at + b * size, size)
        : new Float32Array(memory.buffer, at + b * size * 4, size);
      for (let y = top; y < Math.min(top + rows, height); y++) one.row(mask, y * width, y);
      const wait = pause?.();
      if (wait) await wait;
    }
    made.push(one.found());
  }
  return made;
}
