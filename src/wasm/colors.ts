// Counts the colours of a picture of bytes: in one pass if there are few; in two passes with a filter of buckets;
// or, if nearly every colour is frequent enough, by sorting pixels into parts.
import type { Pause } from '../base/pause.js';
import { Blocks } from './blocks.js';
import type { WasmEngine, WasmSlot } from './engine.js';
import { keysOf, type Piece } from './keys.js';

/** Bits of the largest table for the first attempt. Pictures of more colours fill it within their first rows. */
const FEW = 16;
/** From this size, in bits, tables no longer fit the caches, and parts are faster. */
const CROWDED = 20;
/** Buckets filter well if they are on average this much emptier than the least frequent colour wanted. */
const FULL = 4;
/** Bits of the fewest buckets, which `full` has flags for, and of the most that are worth their memory. */
const BUCKETS = [13, 20] as const;
const FLAGS = 2 ** 13;
/**
 * The next pass includes buckets down to this fraction. A few more passes cost little compared with one over most
 * pixels.
 */
const STEP = 3 / 4;
/** Bits of the number of parts: as many lists as the first-level cache has lines, so that all are written at once. */
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
  pause?: Pause,
): Promise<Counted> {
  const { arena } = engine;
  const kernels = await engine.part('colors');
  const { height, width, channels } = slot.extent;
  const total = height * width;
  if (least > total) return { keys: new Uint32Array(), counts: new Uint32Array() };
  const blocks = new Blocks(arena);
  const keys = keysOf(engine, kernels, slot, blocks, pause);
  const clear = (at: number, bytes: number): number => {
    kernels.clear(at, bytes);
    return at;
  };
  const block = (bytes: number): number => clear(blocks.take(bytes), bytes);
  /** One block for each member. */
  const apart = (bytes: number): number[] => keys.blocks(bytes).map((at) => clear(at, bytes));

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

  /** A heap for `size` colours. */
  function heapOf(size: number): number {
    const heap = block(8 + size * 8);
    arena.u32(heap, 2)[1] = size;
    return heap;
  }

  /** Counts in one pass. Returns false if there are too many colours, which shows early. */
  async function few(heap: number): Promise<boolean> {
    const bits = Math.min(Math.max(Math.ceil(Math.log2(total)) + 1, 4), FEW);
    const [table, ...others] = apart(16 + 2 ** bits * 8);
    const whole =
      (await keys.over(
        0,
        'count',
        [table, ...others].map((at) => [at, bits]),
      )) && others.every((other) => kernels.merge(table, bits, other));
    if (whole) kernels.rank(heap, table, bits, least);
    keys.free([table, ...others]);
    return whole;
  }

  /** Counts the pixels in each of 2^bits buckets. */
  async function bucketed(bits: number): Promise<number> {
    const [buckets, ...others] = apart(2 ** bits * 4);
    await keys.over(
      0,
      'bucket',
      [buckets, ...others].map((at) => [at, bits]),
    );
    for (const other of others) kernels.sum(buckets, other, 2 ** bits);
    keys.free(others);
    return buckets;
  }

  /**
   * Filters by buckets, then counts the colours in those that are full enough. Returns false if the filter would
   * keep too much.
   */
  async function sieved(heap: number): Promise<boolean> {
    const bits = Math.min(Math.max(Math.ceil(Math.log2((total * FULL) / least)), BUCKETS[0]), BUCKETS[1]);
    const buckets = await bucketed(bits);
    // The fullest buckets hold the most frequent colours, or nearly as frequent ones. Start with those, and continue
    // with emptier buckets as long as one could still hold a colour that belongs into the result.
    let enough = Math.max(least, kernels.fullest(heapOf(2 * most), buckets, bits) >>> 0);
    for (;;) {
      if (!(await count(enough))) return false;
      const [held, , , worst] = arena.u32(heap, 4);
      const next = Math.max(least, held < most ? 0 : worst);
      if (next >= enough) return true;
      enough = Math.max(next, Math.floor(enough * STEP));
    }

    /** Counts the colours of all buckets with at least `enough` pixels. */
    async function count(enough: number): Promise<boolean> {
      arena.u32(heap, 1)[0] = 0;
      const flags = block(FLAGS);
      // with so many flags hardly any pixel is skipped
      if (kernels.full(flags, buckets, bits, enough) > FLAGS / 4) return false;
      for (let size = FEW; size <= CROWDED; size++) {
        const [table, ...others] = apart(16 + 2 ** size * 8);
        const told = [table, ...others].map((at) => [at, size, flags, buckets, bits, enough]);
        const whole = (await keys.over(0, 'sieve', told)) && others.every((other) => kernels.merge(table, size, other));
        if (whole) kernels.rank(heap, table, size, least);
        keys.free([table, ...others]);
        if (whole) return true;
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

  /** Sorts pixels by their hashes into 512 lists and counts each list in a small table. */
  async function inParts(heap: number): Promise<void> {
    const { pieces } = keys;
    const parts = 2 ** PARTS;
    const members = engine.crew?.members ?? 1;
    // counts for each piece, so that members can sort pieces at the same time
    const counts = block(pieces.length * parts * 4);
    await keys.over(0, 'bucket', Array(members).fill([counts, PARTS]), parts * 4);
    // allocate before taking views, because they become invalid when memory grows
    const list = blocks.take(total * 4);
    const sizes = arena.u32(counts, pieces.length * parts);
    const lists: Piece[] = [];
    for (let part = 0, at = 0; part < parts; part++) {
      const from = at;
      for (let piece = part; piece < sizes.length; piece += parts) {
        const size = sizes[piece];
        sizes[piece] = list + 4 * at;
        at += size;
      }
      if (at > from) lists.push([from, at]);
    }
    await keys.over(0, 'deal', Array(members).fill([counts, PARTS]), parts * 4);
    const heaps = [heap, ...keys.blocks(8 + most * 8).slice(1)];
    for (const other of heaps.slice(1)) arena.u32(other, 2).set([0, most]);
    let left = lists;
    for (let size = Math.max(8, Math.ceil(Math.log2(total)) - PARTS); left.length; size++) {
      const tables = keys.blocks(16 + 2 ** size * 8);
      const told = heaps.slice(0, tables.length).map((own, i) => [own, tables[i], size, PARTS, least]);
      left = await keys.lists(list, 'tally', told, left);
      keys.free(tables);
    }
    for (const other of heaps.slice(1)) kernels.pool(heap, other);
  }
}
