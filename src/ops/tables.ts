// Every tone change of a byte mask is one table of 256 entries, made here, once, for every device.
// The arithmetic and its proof: docs/exactness.md.

import { unit } from '../engine.js';
import type { Auto } from './choices.js';

export type Table = Uint8Array;

function table(entry: (value: number) => number): Table {
  const made = new Uint8Array(256);
  for (let value = 0; value < 256; value++) made[value] = entry(value);
  return made;
}

export const invert = (): Table => table((value) => 255 - value);

/** First `inner`, then `outer`: a chain of tables is one table. */
export const compose = (inner: Table, outer: Table): Table => inner.map((value) => outer[value]);

export const threshold = ({ value }: { value: number }): Table => {
  const limit = Math.fround(value);
  return table((byte) => (unit(byte) > limit ? 255 : 0));
};

/** White above a limit in bytes, which need not be whole. */
export const above = (limit: number): Table => table((byte) => (byte > limit ? 255 : 0));

/**
 * Stretch from the first to the last of the bins that hold more than 0.05 % of the pixels. One such bin only: the
 * original divides by zero and everything becomes 0.
 */
export function normalize(counts: Uint32Array): Table {
  let total = 0;
  for (const count of counts) total += count;
  const held = (count: number): boolean => count > total * 0.0005;
  const low = counts.findIndex(held);
  const high = counts.findLastIndex(held);
  if (low === high) return new Uint8Array(256);
  return table((value) => Math.floor((255 * (Math.min(Math.max(value, low), high) - low)) / (high - low)));
}

/** Levels as LayerStyle computes them in numpy: remap, gamma, truncation. Crossed points swap; equal points give mid-gray. */
export function levels({ black, white, gray }: { black: number; white: number; gray: number }): Table {
  if (black === white) return new Uint8Array(256).fill(128);
  const low = Math.min(black, white);
  const span = Math.abs(white - black);
  return table((value) => {
    const shifted = Math.min(Math.max(value - low, 0), span);
    return gray === 1 ? Math.floor((255 * shifted) / span) : gamma(shifted, span, gray);
  });
}

/**
 * floor(255 * (p / q) ** (1 / gray)), independent of the last bits of an engine's pow: on the 0.01 grid only 24 cases are
 * whole numbers, the next closest value is 5.4e-8 away from one, and pow is far better than that.
 */
function gamma(p: number, q: number, gray: number): number {
  const exact = 255 * ((255 * (p / q)) / 255) ** (1 / gray);
  const whole = Math.round(exact);
  // numpy gives 220.99999999999997 for (169/225) ** (1/2), and the node truncates that
  if (gray === 2 && p * 225 === q * 169) return 220;
  return Math.abs(exact - whole) < 1e-9 ? whole : Math.floor(exact);
}

const autoThreshold = async ({ method }: { method: Auto }, counts: Uint32Array): Promise<Table> =>
  above((await import('./figures/autoThreshold.js')).limitOf(method, counts));

/** How the rows of the kind `table` make their 256 entries, by their names; `counts` are there where the row says so. */
export const makers: Readonly<Record<string, (values: never, counts: Uint32Array) => Table | Promise<Table>>> = {
  invert,
  normalize: (_: object, counts) => normalize(counts),
  levels,
  threshold,
  autoThreshold,
};
