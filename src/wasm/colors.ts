// Counting colours in bytes: two passes with a filter of buckets, or, where nearly every colour counts, a deal into parts.
import type { Breath } from '../breath.js';
import { ChromaskError } from '../errors.js';
import { BAND, type WasmEngine, type WasmSlot } from './engine.js';

const BUCKETS = 2 ** 18;
/** A table of this many entries is larger than the caches: parts are faster, where alpha cannot differ. */
const CROWDED = 2 ** 20;
/** Buckets this much emptier than a colour has to be filter well; fuller ones let nearly all pixels through. */
const FULL = 8;
const PARTS = 2048;
/** A table of this many entries stays in the nearest caches. */
const FEW = 4096;

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
  const { arena, kernels } = engine;
  const { height, width, channels } = slot.extent;
  const total = height * width;
  if (least > total) return { keys: new Uint32Array(), counts: new Uint32Array() };
  const blocks: number[] = [];
  let alike: boolean | undefined;
  const block = (bytes: number): number => {
    const at = engine.work(bytes, blocks);
    arena.u8(at, bytes).fill(0);
    return at;
  };
  const release = (): void => {
    for (const at of blocks.splice(0)) arena.free(at);
  };

  /** All pixels, band by band; a band may say that it has seen enough. */
  const bands = async (use: (src: number, n: number) => boolean | undefined): Promise<boolean> => {
    const staging = slot.at === undefined ? engine.work(BAND * channels, blocks) : 0;
    for (let from = 0; from < total; from += BAND) {
      const n = Math.min(BAND, total - from);
      if (staging)
        arena.u8(staging, n * channels).set(engine.view(slot).subarray(from * channels, (from + n) * channels));
      if (use(staging || (slot.at ?? 0) + from * channels, n) === false) return false;
      const wait = breath?.();
      if (wait) await wait;
    }
    return true;
  };

  try {
    const heap = block(8 + most * 8);
    arena.u32(heap, 2)[1] = most;
    if (await few(heap)) return found(heap);
    if ((total / BUCKETS) * FULL > least && (await opaque())) {
      await inParts(heap);
      return found(heap);
    }
    const buckets = block(BUCKETS * 4);
    await bands((src, n) => void kernels.bucket(buckets, src, n, channels));
    for (let capacity = 4096; ; capacity *= 2) {
      if (capacity > CROWDED && (await opaque())) {
        await inParts(heap);
        break;
      }
      const table = block(16 + capacity * 8);
      if (await bands((src, n) => kernels.count(table, capacity, buckets, least, src, n, channels) >= 0)) {
        kernels.rank(heap, table, capacity, least);
        break;
      }
      arena.free(table);
      blocks.splice(blocks.indexOf(table), 1);
    }
    return found(heap);
  } finally {
    release();
  }

  /** Whether alpha is the same everywhere. */
  async function opaque(): Promise<boolean> {
    alike ??= channels === 3 || (channels === 4 && (await bands((src, n) => isOpaque(arena.u8(src, n * 4)))));
    return alike;
  }

  /** One pass is enough for a picture of few colours, and the others say early that they are not one. */
  async function few(heap: number): Promise<boolean> {
    const table = block(16 + FEW * 8);
    if (!(await bands((src, n) => kernels.count(table, FEW, 0, 0, src, n, channels) >= 0))) return false;
    kernels.rank(heap, table, FEW, least);
    return true;
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

  /** Opaque pixels dealt out by their upper bits into 2048 lists, each of which is then counted in a small table. */
  async function inParts(heap: number): Promise<void> {
    if (total >= 2 ** 31)
      throw new ChromaskError('limit', `colorMap: a picture must be below 2147483648 pixels, got ${total}`);
    const counts = block(PARTS * 4);
    await bands((src, n) => void kernels.parts(counts, src, n, channels));
    const sizes = arena.u32(counts, PARTS).slice();
    const list = engine.work(total * 2, blocks);
    const ends = block(PARTS * 4);
    const starts = new Uint32Array(PARTS);
    for (let i = 0, at = list; i < PARTS; at += 2 * sizes[i++]) starts[i] = at;
    arena.u32(ends, PARTS).set(starts);
    await bands((src, n) => void kernels.deal(ends, src, n, channels));
    const small = block(8192 * 4);
    for (let i = 0; i < PARTS; i++) {
      if (sizes[i]) kernels.tally(heap, small, starts[i], sizes[i], i, least);
      const wait = breath?.();
      if (wait) await wait;
    }
  }
}

const isOpaque = (pixels: Uint8Array): boolean => {
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i] !== 255) return false;
  return true;
};
