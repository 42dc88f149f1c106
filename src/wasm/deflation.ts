// A zlib stream in blocks of rows, so that several threads can make them at once. A block begins on a byte and may
// refer to the 32 KB before it. The division into blocks depends on the picture alone, so the bytes do not depend on
// the threads.
import type { Kernels } from './module.js';

/** How far back a match may refer. */
export const HISTORY = 32768;
/** Bytes of a band, and roughly of a block. */
const BAND = 2 ** 18;
const BLOCK = 2 ** 20;
const STATE = 147456;
const CHAINS = 262144;
// Byte offsets in the kernel's state block, see assembly/png/lib/state.ts.
const IN = 0;
const IN_END = 4;
const OUT = 8;
const BASE = 12;
const CHAIN = 16;
const LAST = 20;
const BITS = 24;
const COUNT = 32;
const SHIFT = 36;
const SHORTEST = 48;
/**
 * Bytes of the state that callers set or that persist from block to block. The rest is written anew, except the
 * chains.
 */
const FIELDS = 64;

/** How hard the kernel looks for matches. */
export interface Effort {
  /** Candidates tried for each match; 0 finds runs of one byte only. */
  readonly tries: number;
  /** The shortest run worth a match when tries is 0. */
  readonly shortest: number;
}

/** How a picture is filtered and compressed, and how its rows are divided. */
export interface Packing extends Effort {
  /** Bytes of a row, and the number of rows. */
  readonly row: number;
  readonly height: number;
  /** Bytes from a sample to the same sample of the next pixel. */
  readonly bpp: number;
  readonly filter: number;
  /** Rows of a band, and of a block, which is a whole number of bands. */
  readonly rows: number;
  readonly block: number;
}

export function packingOf(rest: Omit<Packing, 'rows' | 'block'>): Packing {
  const rows = Math.min(rest.height, Math.max(1, Math.floor(BAND / (rest.row + 1))));
  return { ...rest, rows, block: rows * Math.max(1, Math.floor(BLOCK / (rows * (rest.row + 1)))) };
}

export const blocksIn = ({ height, block }: Packing): number => Math.ceil(height / block);

/** How many filtered rows before a block its matches may refer to. */
export const reach = ({ tries, row }: Packing, from: number): number =>
  tries ? Math.min(from, Math.ceil(HISTORY / (row + 1))) : 0;

/** Bytes for making a block: the kernel's state and the window. */
export const stateBytes = ({ tries }: Effort): number => STATE + (tries ? CHAINS : 0);
export const windowBytes = ({ row, rows }: Packing): number => row + 65 + HISTORY + rows * (row + 1);
/** The most bytes that `n` filtered bytes can become. */
export const most = (n: number): number => n + (n >> 6) + 8192;

export interface Desk {
  readonly state: number;
  readonly window: number;
}

export interface Block {
  /** Rows. */
  readonly from: number;
  readonly to: number;
  /** Filtered bytes of the block before that are in the window; undefined if another thread made that block. */
  readonly held: number | undefined;
}

/** What is known after a block is made. */
export interface Done {
  /** The Adler-32 of this block's filtered bytes. */
  readonly sum: number;
  /** Filtered bytes that are in the window now. */
  readonly held: number;
}

/**
 * Makes a block. `rowsAt` returns the address of rows, each after the row above it (zeros above the first). The
 * first bytes go to `out`; `written` receives what was written and returns the next address. A generator, so that
 * the caller may pause.
 */
export function* blockOf(
  kernels: Kernels,
  memory: { readonly buffer: ArrayBufferLike },
  packing: Packing,
  { state, window }: Desk,
  { from, to, held }: Block,
  rowsAt: (from: number, count: number) => number,
  out: number,
  written: (from: number, to: number) => number,
): Generator<void, Done> {
  const { row, bpp, filter, tries, rows, height } = packing;
  // earlier rows are filtered as whole rows, so they may begin before the window
  const base = Math.ceil((window + row + 1) / 64) * 64;
  const filtered = (dst: number, y: number, count: number): number => {
    const src = rowsAt(y, count);
    kernels.refilter(dst, src, src - row, row, count, bpp, filter);
    return count * (row + 1);
  };
  const before = tries ? Math.min(HISTORY, from * (row + 1)) : 0;
  if (before && held === undefined) {
    const count = reach(packing, from);
    filtered(base + before - count * (row + 1), from - count, count);
  } else if (before) new Uint8Array(memory.buffer, base, held).copyWithin(0, (held ?? 0) - before);
  const fill = (at: number, i: number): number => filtered(at, from + i * rows, Math.min(rows, to - from - i * rows));
  const bands = { count: Math.ceil((to - from) / rows), fill, last: to === height };
  return yield* deflated(kernels, memory, packing, { state, base, before }, bands, out, written);
}

/** A window that starts with `before` bytes of earlier rows. */
interface Sliding {
  readonly state: number;
  readonly base: number;
  readonly before: number;
}

export interface Bands {
  readonly count: number;
  /** Writes band `i` to an address, may touch 64 bytes after it, and returns its length. */
  fill(at: number, i: number): number;
  /** Whether the stream ends with these bands. */
  readonly last: boolean;
}

/** Deflates bands from a window with room for the history and one band. */
export function* deflated(
  kernels: Kernels,
  memory: { readonly buffer: ArrayBufferLike },
  { tries, shortest }: Effort,
  { state, base, before }: Sliding,
  { count, fill, last }: Bands,
  out: number,
  written: (from: number, to: number) => number,
): Generator<void, Done> {
  const { adler, deflate, prime } = kernels;
  const set = (at: number, value: number): void => {
    new Uint32Array(memory.buffer, state + at, 1)[0] = value;
  };
  const get = (at: number): number => new Uint32Array(memory.buffer, state + at, 1)[0];
  const bytes = (at: number, n: number): Uint8Array => new Uint8Array(memory.buffer, at, n);
  bytes(state, FIELDS).fill(0);
  if (tries) bytes(state + STATE, CHAINS).fill(0);
  let shift = 1 - base;
  set(CHAIN, tries);
  set(SHORTEST, shortest);
  set(BASE, base);
  set(SHIFT, shift);
  let at = base + before;
  let sum = 1;
  for (let i = 0; i < count; i++) {
    if (at > base + HISTORY) {
      const moved = at - HISTORY - base;
      bytes(base, at - base).copyWithin(0, moved);
      at -= moved;
      shift += moved;
      set(SHIFT, shift);
    }
    const size = fill(at, i);
    // the last positions before a band are indexed together with its first bytes
    if (before && !i) prime(state, base, at);
    const end = i + 1 === count;
    sum = adler(at, size, sum) >>> 0;
    set(IN, at);
    set(IN_END, at + size);
    set(LAST, end && last ? 1 : 0);
    set(OUT, out);
    // the kernel stops after a limited number of symbols: with many candidates that takes about ten milliseconds
    while (deflate(state)) yield;
    at += size;
    let stop = get(OUT) + (end && last && get(COUNT) ? 1 : 0);
    if (end && !last) stop = flushed(stop, get(COUNT), get(BITS), bytes);
    out = written(out, stop);
    yield;
  }
  return { sum, held: at - base };
}

/** Ends on a byte with an empty stored block, like a flush of zlib. Returns where the next block begins. */
function flushed(at: number, count: number, bits: number, bytes: (at: number, n: number) => Uint8Array): number {
  const head = Math.ceil((count + 3) / 8);
  const end = bytes(at, head + 4);
  end.fill(0);
  end[0] = bits;
  end.set([255, 255], head + 2);
  return at + head + 4;
}

const PRIME = 65521;

/** The Adler-32 of two pieces from their own: `a` of the first, `b` of the second, which has `length` bytes. */
export function sumOfBoth(a: number, b: number, length: number): number {
  const low = a & 65535;
  const rest = length % PRIME;
  const first = (low + (b & 65535) + PRIME - 1) % PRIME;
  const second = (((rest * low) % PRIME) + (a >>> 16) + (b >>> 16) + PRIME - rest) % PRIME;
  return ((second << 16) | first) >>> 0;
}
