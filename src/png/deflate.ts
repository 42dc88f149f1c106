// A zlib stream of any bytes, written band by band out of a sliding window; those of pictures are written in blocks (wasm/deflation.ts).
// Integer arithmetic on one machine model: the same input and
// effort give the same bytes everywhere.
import { blocksOf, kernel, type Room } from './room.js';

const HISTORY = 32768;
const STATE = 147456,
  CHAINS = 262144;
// Byte offsets in the kernel's state block, see assembly/lib/state.ts.
const IN = 0,
  IN_END = 4,
  OUT = 8,
  BASE = 12,
  CHAIN = 16,
  LAST = 20,
  COUNT = 32,
  SHIFT = 36,
  SHORTEST = 48;

export interface Effort {
  /** Candidates tried for a match; 0: runs of one byte only. */
  tries: number;
  /** The shortest run worth a match when tries is 0. */
  shortest: number;
}

export interface Deflated {
  /** The zlib stream in pieces. */
  parts: Uint8Array[];
  length: number;
}

/**
 * Compresses `bands` pieces of at most `band` bytes. `fill(pointer, i)` writes piece i at the pointer, may write 64 bytes
 * past it, and gives its length. A generator, so that the caller may pause between pieces.
 */
export function* deflate(
  room: Room,
  effort: Effort,
  bands: number,
  band: number,
  fill: (pointer: number, i: number) => number,
): Generator<void, Deflated> {
  const { arena } = room,
    run = kernel(room, 'deflate'),
    adler = kernel(room, 'adler');
  const capacity = band + (band >> 6) + 8192,
    bytes = STATE + (effort.tries ? CHAINS : 0);
  const { alloc, free } = blocksOf(room);
  try {
    const state = alloc(bytes),
      base = alloc(HISTORY + band),
      out = alloc(capacity);
    const field = (at: number): Uint32Array => new Uint32Array(room.memory.buffer, state + at, 1);
    const set = (at: number, value: number): void => {
      field(at)[0] = value;
    };
    const get = (at: number): number => field(at)[0] ?? 0;
    arena.u8(state, bytes).fill(0);
    set(CHAIN, effort.tries);
    set(SHORTEST, effort.shortest);
    set(BASE, base);
    set(SHIFT, 1 - base);
    const parts: Uint8Array[] = [effort.tries ? new Uint8Array([0x78, 0xda]) : new Uint8Array([0x78, 0x01])];
    let length = 2,
      sum = 1,
      at = base,
      shift = 1 - base;
    for (let i = 0; i < bands; i++) {
      if (at > base + HISTORY) {
        const moved = at - HISTORY - base;
        arena.u8(base, at - base).copyWithin(0, moved);
        at -= moved;
        shift += moved;
        set(SHIFT, shift);
      }
      const size = fill(at, i),
        last = i === bands - 1;
      sum = adler(at, size, sum) >>> 0;
      set(IN, at);
      set(IN_END, at + size);
      set(LAST, last ? 1 : 0);
      set(OUT, out);
      // a block at a time: among many candidates one takes some ten milliseconds
      while (run(state)) yield;
      at += size;
      const made = get(OUT) - out + (last && get(COUNT) ? 1 : 0);
      parts.push(arena.u8(out, made).slice());
      length += made;
      yield;
    }
    parts.push(new Uint8Array([sum >>> 24, (sum >>> 16) & 255, (sum >>> 8) & 255, sum & 255]));
    return { parts, length: length + 4 };
  } finally {
    free();
  }
}
