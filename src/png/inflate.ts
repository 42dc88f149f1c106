// Inflates a zlib stream (RFC 1950) that lies whole in kernel memory, band by band into a sliding window. It never
// makes more than the window holds, and stops at the first excess byte.
import { joined } from '../base/arrays.js';
import { ChromaskError } from '../base/errors.js';
import { atOnce } from '../base/pause.js';
import { inflating, type Round } from '../wasm/inflating.js';
import { corrupt, u32 } from './header.js';
import { blocksOf, kernel, type Room } from './room.js';

const HISTORY = 32768;
const SLACK = 384; // the kernel may pass the end of its output by 258 + 64 bytes
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
  /** For messages: 'image data', 'text'. */
  part: string;
  at: number;
  length: number;
  /** Bytes that the stream must inflate to, or may at most if `exact` is false. */
  size: number;
  exact: boolean;
  /** What to do with a stream that continues after its expected end: throw, or ignore the rest. */
  doubt?: (error: ChromaskError) => void;
  /** Bytes to inflate between two calls of `read`. */
  band: number;
  /** The most bytes that `read` leaves for the next call, fewer than a band. */
  left: number;
  /** How many further bands another thread inflates before a band is read. The calls of `read` are the same. */
  behind?: number | undefined;
}

/** Inflates in this thread. A generator, so that the caller may pause between bands. */
export function* here<T>(room: Room, rounds: Generator<Round, T, number[]>): Generator<void, T> {
  try {
    for (let round = rounds.next(); ; yield) {
      if (round.done) return round.value;
      round = rounds.next(inflating(room.kernels, room.memory, round.value));
    }
  } catch (error) {
    rounds.throw(error); // lets it free its memory
    throw error;
  }
}

/**
 * Calls `read(pointer, length)` with the bytes not taken yet; `read` returns how many it takes. Yields what to
 * inflate next, receives the outcome, and returns the inflated size.
 */
export function* inflate(
  room: Room,
  stream: Stream,
  read: (pointer: number, length: number) => number,
): Generator<Round, number, number[]> {
  const { part, at, length, size, band, behind } = stream,
    { arena } = room,
    end = at + length;
  const head = arena.u8(at, length);
  const [method, flags] = head;
  if (length < 2) throw corrupt(part, 'a zlib stream', `${length} bytes`);
  if ((method & 15) !== 8 || method >> 4 > 7 || ((method << 8) | flags) % 31 !== 0 || flags & 32) {
    throw corrupt(part, 'a zlib stream without dictionary', `header ${method.toString(16)} ${flags.toString(16)}`);
  }
  const adler = kernel(room, 'adler');
  kernel(room, 'inflate');
  const most = behind ?? 1,
    // without another thread, a band is read before the next is made, and what matches or `read` still need lies
    // before it
    capacity = behind ? HISTORY + band * (2 * most + 1) : Math.max(HISTORY, stream.left) + band;
  const { alloc, free } = blocksOf(room);
  try {
    const state = alloc(STATE),
      base = alloc(capacity + SLACK);
    arena.u8(state, 64).fill(0);
    let out = base,
      taken = base,
      summed = base,
      made = 0,
      sum = 1,
      result = 0;
    // the ends of bands that are not read yet
    const ends: number[] = [];
    const meanwhile = (): void => {
      for (const to of ends.splice(0)) {
        sum = adler(summed, to - summed, sum) >>> 0;
        summed = to;
        taken += read(taken, to - taken);
      }
    };
    set(room, state, 0, at + 2);
    set(room, state, 4, end);
    set(room, state, 8, out);
    set(room, state, 16, base);
    while (result !== DONE) {
      // one byte more than expected, to notice a stream that is too long
      const bands = yield { state, band, most, end: base + capacity, left: size - made + 1, meanwhile };
      for (let i = 0; i < bands.length; i += 2) {
        const next = bands[i + 1] ?? 0;
        result = bands[i] ?? 0;
        made += next - out;
        out = next;
        if (result < 0 || made > size) meanwhile();
        if (result < 0) throw corrupt(part, 'a sound deflate stream', REASONS[result] ?? String(result));
        if (made > size) {
          if (stream.exact) {
            const more = corrupt(part, `${size} bytes inflated`, 'more');
            if (!stream.doubt) throw more;
            stream.doubt(more);
            // all wanted bytes are here, though the checksum at the end covers more
            read(taken, next - (made - size) - taken);
            return size;
          }
          throw new ChromaskError('limit', `png: ${part} must be at most ${size} bytes inflated, got more`);
        }
        ends.push(out);
        if (!behind || result === DONE) meanwhile();
      }
      if (out + band * most <= base + capacity) continue;
      // keep what matches may still reach, and what is not taken yet
      const keep = Math.min(taken, Math.max(base, out - HISTORY)),
        moved = keep - base;
      arena.u8(base, out - base).copyWithin(0, moved);
      taken -= moved;
      summed -= moved;
      out -= moved;
      for (const i of ends.keys()) ends[i] = (ends[i] ?? 0) - moved;
      set(room, state, 8, out);
      if (out + band > base + capacity) throw new ChromaskError('missing', `png: the band for ${part} is too small`);
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

/** Everything that a short stream inflates to, at most `most` bytes. */
export function inflated(room: Room, part: string, at: number, length: number, most: number): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const stream = { part, at, length, size: most, exact: false, band: 65536, left: 0 };
  const rounds = inflate(room, stream, (pointer, count) => {
    parts.push(room.arena.u8(pointer, count).slice());
    return count;
  });
  atOnce(here(room, rounds));
  return joined(parts);
}

function set(room: Room, state: number, field: number, value: number): void {
  new Uint32Array(room.memory.buffer, state + field, 1)[0] = value;
}

function get(room: Room, state: number, field: number): number {
  return new Uint32Array(room.memory.buffer, state + field, 1)[0];
}
