// The table of a distance of colours, as kernels and shaders look it up (assembly/picks/colorRange.ts has the order of the words).

import type { Extent } from '../../engine.js';
import type { Selecting } from '../choices.js';
import type { Figures } from '../row.js';
import { labNodes } from './lab.js';

function selecting({ colors, x, y, tolerance, softness, metric }: Selecting, from: Extent): Int32Array {
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
  const packed = colors ? colors.split(' ').map(Number) : [];
  const known = metric === 'lab' ? inLab(packed) : packed;
  const table = new Int32Array(Math.ceil((black - white - 1) / 4));
  const bytes = new Uint8Array(table.buffer);
  for (let measure = white + 1; measure < black; measure++) bytes[measure - white - 1] = value(measure);
  const planes = metric === 'lab' ? from.batch / 3 : 0;
  const head = [planes, from.channels, Number(box), known.length, white, black];
  return Int32Array.from([...head, ...(known.length ? known : [x, y]), ...table]);
}

/** The bytes of L, a and b as kernels and shaders interpolate them (assembly/space/lab.ts has the reasons). */
function inLab(colors: readonly number[]): number[] {
  const [l, a, b] = (['labL', 'labA', 'labB'] as const).map((name) => {
    const nodes = labNodes(name);
    return colors.map((color) => labByte(nodes, [color & 255, (color >> 8) & 255, color >> 16]));
  });
  return l.map((v, i) => v | (a[i] << 8) | (b[i] << 16));
}

function labByte(nodes: Uint16Array, rgb: readonly number[]): number {
  const cell = rgb.map((v) => v >> 3);
  const corner = (k: number): number =>
    nodes[((cell[0] + (k & 1)) * 33 + cell[1] + ((k >> 1) & 1)) * 33 + cell[2] + (k >> 2)];
  const across = rgb.map((v) => ((v << 5) | (v >> 3)) & 255);
  const order = [0, 1, 2].sort((p, q) => across[q] - across[p] || p - q);
  const beyond = (k: number): number => corner(k) - corner(0);
  const [high, mid, low] = order.map((axis) => across[axis]);
  const sum =
    255 * corner(0) +
    beyond(1 << order[0]) * (high - mid) +
    beyond(7 - (1 << order[2])) * (mid - low) +
    beyond(7) * low;
  const t = rgb.reduce((bits, v, axis) => bits | ((v === 255 ? 0 : (v >> 2) & 1) << axis), 0);
  const y = sum + (t ? Math.floor((beyond(t) + 129) / 257) : 0) + 32767;
  return Math.floor(y / 65535);
}

export const colorRange: Figures = {
  data: selecting,
  passes: (values: Selecting, from) => [{ numbers: [], data: selecting(values, from) }],
};
