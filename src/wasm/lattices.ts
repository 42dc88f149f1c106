// Tables that pick kernels interpolate in, built at first use and kept: 524 kB for each Lab component.
import type { Arena } from './memory.js';
import type { Kernels } from './module.js';

const NODES = 33 ** 3;
const CELLS = 32 ** 3;

export class Lattices {
  readonly #built = new Map<string, number>();
  readonly #kernels: Kernels;
  readonly #arena: Arena;

  constructor(kernels: Kernels, arena: Arena) {
    this.#kernels = kernels;
    this.#arena = arena;
  }

  /** Where the cells of this name are; `nodes` makes the words they are built from. */
  find(name: string, nodes: () => Uint16Array): number {
    const known = this.#built.get(name);
    if (known !== undefined) return known;
    const made = nodes();
    // the words first: what stays should not lie behind what goes, and a failure must leave neither
    const words = this.#arena.alloc(NODES * 2);
    try {
      const cells = this.#arena.alloc(CELLS * 16);
      this.#arena.u8(words, NODES * 2).set(new Uint8Array(made.buffer, made.byteOffset, made.byteLength));
      this.#kernels.cells(cells, words);
      this.#built.set(name, cells);
      return cells;
    } finally {
      this.#arena.free(words);
    }
  }
}
