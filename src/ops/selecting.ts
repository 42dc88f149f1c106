// The table of a distance of colours, as kernels and shaders look it up (assembly/near/colorRange.ts has the order of the words).
import type { Extent } from '../engine.js';

export const METRICS = ['rgb', 'lab', 'box'] as const;
export type Metric = (typeof METRICS)[number];

export type Selecting = {
  /** Packed as the metric has them, the first channel lowest; without any, the colour of the pixel at x, y is meant. */
  readonly colors: string;
  readonly x: number;
  readonly y: number;
  readonly tolerance: number;
  readonly softness: number;
  readonly metric: Metric;
};

export function selecting({ colors, x, y, tolerance, softness, metric }: Selecting, from: Extent): Int32Array {
  const box = metric === 'box';
  const least = box ? 255 : 3 * 255 ** 2;
  const value = (measure: number): number => {
    const distance = box ? measure : Math.sqrt(measure);
    if (softness === 0) return distance <= tolerance ? 255 : 0;
    return Math.floor(255 * Math.min(Math.max((tolerance + softness - distance) / softness, 0), 1) + 0.5);
  };
  /** The first measure whose value is lower; values fall. */
  const below = (limit: number): number => {
    let [low, high] = [0, least + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value(middle) < limit) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const [white, black] = [below(255) - 1, below(1)];
  const known = colors ? colors.split(' ').map(Number) : [];
  const table = new Int32Array(Math.ceil((black - white - 1) / 4));
  const bytes = new Uint8Array(table.buffer);
  for (let measure = white + 1; measure < black; measure++) bytes[measure - white - 1] = value(measure);
  const planes = metric === 'lab' ? from.batch / 3 : 0;
  const head = [planes, from.channels, Number(box), known.length, white, black];
  return Int32Array.from([...head, ...(known.length ? known : [x, y]), ...table]);
}
