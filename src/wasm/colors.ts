// Counting colours in bytes: in one pass where there are few; in two with a filter of buckets; or, where nearly every colour is
// frequent enough to count, by a deal into parts.
import type { Breath } from '../base/pause.js';
import { Blocks } from './blocks.js';
import type { WasmEngine, WasmSlot } from './engine.js';
import { keysOf } from './keys.js';

/** Bits of the largest table that is tried at once; pictures of more colours say so within their first rows. */
const FEW = 16;
/** Bits of a table that is larger than the caches: parts are faster. */
const CROWDED = 20;
/** Buckets this much emptier than a colour has to be filter well. */
const FULL = 4;
/** Bits of the fewest buckets that `full` has flags for, and of the most that are worth their memory. */
const BUCKETS = [13, 20] as const;
const FLAGS = 2 ** 13;
/** Buckets so much emptier are looked at next: a few passes more are nothing beside one over nearly all pixels. */
const STEP = 3 / 4;
/** Bits of the number of parts: as many lists as the nearest cache has lines, so that all can be written side by side. */
const PARTS = 9;

export interface Counted {
  keys: Uint32Array;
  counts: Uint32Array;
}

export async function countColors(
  engine: WasmEngine,
  slot: WasmSlot,
  least: number,
  most: number,
  breath?: Breath,
): Promise<Counted> {
  const { arena } = engine;
  const kernels = await engine.part('colors');
  const { height, width, channels } = slot.extent;
  const total = height * width;
  if (least > total) return { keys: new Uint32Array(), counts: new Uint32Array() };
  const blocks = new Blocks(arena);
  const keys = keysOf(engine, kernels, slot, blocks, breath);
  const block = (bytes: number): number => {
    const at = blocks.take(bytes);
    arena.u8(at, bytes).fill(0);
    return at;
  };

  try {
    const heap = heapOf(most);
    if (!(await few(heap)) && !(await sieved(heap))) {
      arena.u32(heap, 1)[0] = 0;
      await inParts(heap);
    }
    return found(heap);
  } finally {
    blocks.end();
  }

  /** Room for the best so many colours. */
  function heapOf(size: number): number {
    const heap = block(8 + size * 8);
    arena.u32(heap, 2)[1] = size;
    return heap;
  }

  /** One pass is enough for a picture of few colours, and the others say early that they are not one. */
  async function few(heap: number): Promise<boolean> {
    const bits = Math.min(Math.max(Math.ceil(Math.log2(total)) + 1, 4), FEW);
    const table = block(16 + 2 ** bits * 8);
    if (!(await keys(0, (src, n) => kernels.count(table, bits, src, n) !== 0))) return false;
    kernels.rank(heap, table, bits, least);
    return true;
  }

  /** A filter of buckets, then the colours in those that can hold one; false where it would filter too little. */
  async function sieved(heap: number): Promise<boolean> {
    const bits = Math.min(Math.max(Math.ceil(Math.log2((total * FULL) / least)), BUCKETS[0]), BUCKETS[1]);
    const buckets = block(2 ** bits * 4);
    await keys(0, (src, n) => void kernels.bucket(buckets, bits, src, n));
    // the fullest buckets hold the most frequent colours, or some nearly as frequent: what is as full as those is looked at next
    let enough = Math.max(least, kernels.fullest(heapOf(2 * most), buckets, bits) >>> 0);
    for (;;) {
      if (!(await count(enough))) return false;
      const [held, , , worst] = arena.u32(heap, 4);
      const next = Math.max(least, held < most ? 0 : worst);
      if (next >= enough) return true;
      enough = Math.max(next, Math.floor(enough * STEP));
    }

    /** All colours of buckets that hold as many pixels. */
    async function count(enough: number): Promise<boolean> {
      arena.u32(heap, 1)[0] = 0;
      const flags = block(FLAGS);
      // where so many have a flag, hardly a pixel is left out
      if (kernels.full(flags, buckets, bits, enough) > FLAGS / 4) return false;
      for (let size = FEW; size <= CROWDED; size++) {
        const table = block(16 + 2 ** size * 8);
        if (await keys(0, (src, n) => kernels.sieve(table, size, flags, buckets, bits, enough, src, n) !== 0)) {
          kernels.rank(heap, table, size, least);
          blocks.free(table);
          return true;
        }
        blocks.free(table);
      }
      return false;
    }
  }

  function found(heap: number): Counted {
    const [held] = arena.u32(heap, 1);
    const entries = arena.u32(heap + 8, held * 2);
    const mask = channels === 4 ? 0xffffffff : 0xffffff;
    return {
      keys: Uint32Array.from({ length: held }, (_, i) => (entries[2 * i] & mask) >>> 0),
      counts: Uint32Array.from({ length: held }, (_, i) => entries[2 * i + 1]),
    };
  }

  /** Pixels dealt out by their hashes into 512 lists, each of which is then counted in a small table. */
  async function inParts(heap: number): Promise<void> {
    const counts = block(2 ** PARTS * 4);
    await keys(0, (src, n) => void kernels.bucket(counts, PARTS, src, n));
    const sizes = arena.u32(counts, 2 ** PARTS).slice();
    const list = blocks.take(total * 4);
    const starts = new Uint32Array(sizes.length);
    for (let i = 0, at = list; i < sizes.length; at += 4 * sizes[i++]) starts[i] = at;
    const ends = block(2 ** PARTS * 4);
    arena.u32(ends, 2 ** PARTS).set(starts);
    await keys(0, (src, n) => void kernels.deal(ends, PARTS, src, n));
    let size = Math.max(8, Math.ceil(Math.log2(total)) - PARTS);
    let table = block(16 + 2 ** size * 8);
    for (let i = 0; i < sizes.length; i++) {
      while (!kernels.tally(heap, table, size, PARTS, starts[i], sizes[i], least)) {
        blocks.free(table);
        table = block(16 + 2 ** ++size * 8);
      }
      const wait = breath?.();
      if (wait) await wait;
    }
  }
}
