// Tables that pick kernels interpolate in, built at first use and kept: 524 kB for each component of Lab.
import type { Step } from '../engine.js';
import type { WasmEngine } from './engine.js';

const NODES = 33 ** 3;
const CELLS = 32 ** 3;

/** Stores the cells of a step under the step's name. */
export function build({ lattices, arena, kernels }: WasmEngine, { name, nodes }: Step): void {
  if (!nodes || lattices.has(name)) return;
  const made = nodes();
  // the temporary words first, so that `finally` frees them if the cells do not fit
  const words = arena.alloc(NODES * 2);
  try {
    const cells = arena.alloc(CELLS * 16);
    arena.u8(words, NODES * 2).set(new Uint8Array(made.buffer, made.byteOffset, made.byteLength));
    kernels.cells(cells, words);
    lattices.set(name, cells);
  } finally {
    arena.free(words);
  }
}
