// A zlib stream (RFC 1950) that lies whole in kernel memory, inflated band by band into a sliding window.
// Never holds or makes more than the window, and stops at the first byte too many.
import { joined } from '../base/arrays.js';
import { ChromaskError } from '../base/errors.js';
import { corrupt, u32 } from './header.js';
import { blocksOf, kernel, type Room } from './room.js';

const HISTORY = 32768;
const SLACK = 384; // the kernel may pass the end of its room by 258 + 64 bytes
const STATE = 22528;
const DONE = 1;
const REASONS: Readonly<Record<number, string>> = {
  [-1]: 'cut short',
  [-2]: 'a block of type 3',
  [-3]: 'a bad set of code lengths',
  [-4]: 'a code that stands for nothing',
  [-5]: 'a match from before its start',
  [-6]: 'a stored block with a wrong length',
};

export interface Stream {
  /** Named in messages: 'image data', 'text'. */
  part: string;
  at: number;
  length: number;
  /** Bytes the stream must inflate to, or at most, if `exact` is false. */
  size: number;
  exact: boolean;
  /** What to do with a stream that goes on when it should end: throw, or go on without the rest. */
  doubt?: (error: ChromaskError) => void;
  /** Bytes to inflate between two calls of `read`, beside what `read` has not taken yet. */
  band: number;
}

/**
 * Calls `read(pointer, length)` with the bytes not yet taken; it gives back how many it takes.
 * A generator, so that the caller may pause between bands; it returns the inflated size.
 */
export function* inflate(
  room: Room,
  stream: Stream,
  read: (pointer: number, length: number) => number,
): Generator<void, number> {
  const { part, at, length, size } = stream,
    { arena } = room,
    end = at + length;
  const head = arena.u8(at, length);
  const [method, flags] = head;
  if (length < 2) throw corrupt(part, 'a zlib stream', `${length} bytes`);
  if ((method & 15) !== 8 || method >> 4 > 7 || ((method << 8) | flags) % 31 !== 0 || flags & 32) {
    throw corrupt(part, 'a zlib stream without dictionary', `header ${method.toString(16)} ${flags.toString(16)}`);
  }
  const run = kernel(room, 'inflate'),
    adler = kernel(room, 'adler');
  const capacity = HISTORY + stream.band;
  const { alloc, free } = blocksOf(room);
  try {
    const state = alloc(STATE),
      base = alloc(capacity + SLACK);
    arena.u8(state, 64).fill(0);
    let out = base,
      taken = base,
      made = 0,
      sum = 1;
    set(room, state, 0, at + 2);
    set(room, state, 4, end);
    set(room, state, 8, out);
    set(room, state, 16, base);
    for (;;) {
      // One byte more than is right, so that a stream that goes on is seen to.
      set(room, state, 12, Math.min(base + capacity, out + size - made + 1));
      const result = run(state);
      if (result < 0) throw corrupt(part, 'a sound deflate stream', REASONS[result] ?? String(result));
      const next = get(room, state, 8);
      made += next - out;
      if (made > size) {
        if (stream.exact) {
          const more = corrupt(part, `${size} bytes inflated`, 'more');
          if (!stream.doubt) throw more;
          stream.doubt(more);
          // all that counts is here; the sum at the end is of more than that
          read(taken, next - (made - size) - taken);
          return size;
        }
        throw new ChromaskError('limit', `png: ${part} must be at most ${size} bytes inflated, got more`);
      }
      sum = adler(out, next - out, sum) >>> 0;
      out = next;
      taken += read(taken, out - taken);
      if (result === DONE) break;
      // Keep what matches may still reach, and what is not taken yet.
      const keep = Math.min(taken, Math.max(base, out - HISTORY));
      if (keep > base) {
        const length = out - keep,
          view = arena.u8(base, out - base);
        view.copyWithin(0, keep - base);
        taken -= keep - base;
        out = base + length;
        set(room, state, 8, out);
      }
      if (out >= base + capacity) throw new ChromaskError('missing', `png: the band for ${part} is too small`);
      yield;
    }
    if (stream.exact && made < size) throw corrupt(part, `${size} bytes inflated`, made);
    const check = get(room, state, 0);
    if (check + 4 > end) throw corrupt(part, 'a sound deflate stream', 'cut short');
    const expected = u32(arena.u8(check, 4), 0);
    if (expected !== sum) throw corrupt(`Adler-32 of ${part}`, sum.toString(16), expected.toString(16));
    return made;
  } finally {
    free();
  }
}

/** All that a short stream inflates to, at most `most` bytes. */
export function inflated(room: Room, part: string, at: number, length: number, most: number): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const stream = { part, at, length, size: most, exact: false, band: 65536 };
  const steps = inflate(room, stream, (pointer, count) => {
    parts.push(room.arena.u8(pointer, count).slice());
    return count;
  });
  for (const step of steps) void step;
  return joined(parts);
}

function set(room: Room, state: number, field: number, value: number): void {
  new Uint32Array(room.memory.buffer, state + field, 1)[0] = value;
}

function get(room: Room, state: number, field: number): number {
  return new Uint32Array(room.memory.buffer, state + field, 1)[0];
}
