// Inflate (RFC 1951) that can stop and continue at any symbol, so that the caller holds a window of 32 KB and a band of rows
// instead of the whole picture, and so that engines optimise the code during the first picture. All input must be present from
// the start. Reads past its end give padding, and consuming padding is "cut short". The zlib header and checksum are checked by
// src/png/inflate.ts.
import { build, pair, BIT_EXCEPTION, BIT_OTHER, KIND_PRECODE, KIND_LITERAL, KIND_DISTANCE } from "./lib/huffman";
import { repeat } from "./lib/png";
import { codes32 } from "./lib/codes32";
import {
  IN, IN_END, OUT, OUT_END, BASE, PHASE, LAST, LEFT, BITS, COUNT, LENGTHS, SCRATCH, PRECODE, LITERALS, DISTANCES, ROOT, ROOT_DISTANCE,
  ROOT_PRECODE, MORE, DONE, CUT, BAD_BLOCK, BAD_LENGTHS, BAD_CODE, BAD_DISTANCE, BAD_STORED, HEADER, STORED, CODES, END,
} from "./lib/stream";

// The order in which the code length codes are sent, five bits each (RFC 1951, 3.2.7).
@inline function precodeAt(i: u32): u32 {
  return i < 12 ? <u32>(PRE_A >> (i * 5)) & 31 : <u32>(PRE_B >> ((i - 12) * 5)) & 31;
}
const PRE_A: u64 = 0x22caa324e804a30;
const PRE_B: u64 = 0x3c2e1346c;

/** Runs until the output reaches OUT_END (which it may pass by 258 + 64 bytes), the stream ends, or it is found invalid. */
export function inflate(state: usize): i32 {
  let phase = load<u32>(state, PHASE);
  while (true) {
    if (phase == HEADER) {
      if (load<u32>(state, LAST)) phase = END;
      else {
        const bad = header(state);
        if (bad < 0) return bad;
        phase = load<u32>(state, PHASE);
      }
    }
    if (phase == STORED) {
      const r = stored(state);
      if (r < 0) return r;
      if (r) { store<u32>(state, STORED, PHASE); return MORE; }
      phase = HEADER;
    } else if (phase == CODES) {
      let r: i32;
      if (ASC_FEATURE_SIMD) r = codes(state);
      else r = codes32(state);
      if (r < 0) return r;
      if (r) { store<u32>(state, CODES, PHASE); return MORE; }
      phase = HEADER;
    } else if (phase == END) {
      store<u32>(state, END, PHASE);
      rewind(state);
      return DONE;
    }
  }
}

/** Returns whole unread bytes to the input and drops the rest of the current one. */
function rewind(state: usize): void {
  const whole = load<u32>(state, COUNT) >> 3;
  store<u32>(state, load<u32>(state, IN) - whole, IN);
  store<u32>(state, 0, COUNT);
  store<u64>(state, 0, BITS);
}

@inline function consumed(state: usize): u32 { return load<u32>(state, IN) - (load<u32>(state, COUNT) >> 3); }

/** The next n (<= 14) bits. May read padding: callers check consumed() before they use them. */
function take(state: usize, n: u32): u32 {
  let bits = load<u64>(state, BITS), count = load<u32>(state, COUNT);
  if (count < n) {
    const at = <usize>load<u32>(state, IN);
    bits |= load<u64>(at, 0, 1) << count;
    const bytes = (63 - count) >> 3;
    store<u32>(state, <u32>at + bytes, IN);
    count += bytes << 3;
    bits &= ((<u64>1) << count) - 1;
  }
  store<u64>(state, bits >> n, BITS);
  store<u32>(state, count - n, COUNT);
  return <u32>bits & ((1 << n) - 1);
}

/** Reads a block's header, builds its tables, sets PHASE. */
function header(state: usize): i32 {
  const end = load<u32>(state, IN_END);
  store<u32>(state, take(state, 1), LAST);
  const type = take(state, 2);
  if (consumed(state) > end) return CUT;
  const lengths = state + LENGTHS, scratch = state + SCRATCH;
  if (type == 0) {
    rewind(state);
    const at = <usize>load<u32>(state, IN);
    if (<u32>at + 4 > end) return CUT;
    const n = <u32>load<u16>(at, 0, 1);
    if ((n ^ 0xffff) != <u32>load<u16>(at, 2, 1)) return BAD_STORED;
    store<u32>(state, <u32>at + 4, IN);
    store<u32>(state, n, LEFT);
    store<u32>(state, STORED, PHASE);
    return 0;
  }
  if (type == 3) return BAD_BLOCK;
  let literals: u32 = 288, distances: u32 = 32;
  if (type == 1) {
    memory.fill(lengths, 8, 144);
    memory.fill(lengths + 144, 9, 112);
    memory.fill(lengths + 256, 7, 24);
    memory.fill(lengths + 280, 8, 8);
    memory.fill(lengths + 288, 5, 32);
  } else {
    literals = take(state, 5) + 257;
    distances = take(state, 5) + 1;
    const sent = take(state, 4) + 4;
    if (literals > 286 || distances > 30) return BAD_LENGTHS;
    memory.fill(lengths, 0, 19);
    for (let i: u32 = 0; i < sent; i++) store<u8>(lengths + precodeAt(i), <u8>take(state, 3));
    if (consumed(state) > end) return CUT;
    if (!build(state + PRECODE, ROOT_PRECODE, KIND_PRECODE, lengths, 19, scratch)) return BAD_LENGTHS;
    const total = literals + distances;
    let i: u32 = 0;
    while (i < total) {
      if (load<u32>(state, IN) > end + 16) return CUT;
      if (load<u32>(state, COUNT) < 14) refill(state);
      const e = load<u32>(state + PRECODE + (<usize>(<u32>load<u64>(state, BITS) & 127) << 2));
      if (e & BIT_EXCEPTION) return BAD_LENGTHS;
      take(state, e & 63);
      const symbol = e >> 16;
      if (symbol < 16) { store<u8>(lengths + i, <u8>symbol); i++; continue; }
      let value: u8 = 0, times: u32;
      if (symbol == 16) {
        if (i == 0) return BAD_LENGTHS;
        value = load<u8>(lengths + i - 1);
        times = 3 + take(state, 2);
      } else if (symbol == 17) times = 3 + take(state, 3);
      else times = 11 + take(state, 7);
      if (i + times > total) return BAD_LENGTHS;
      memory.fill(lengths + i, value, times);
      i += times;
    }
    if (consumed(state) > end) return CUT;
    if (!load<u8>(lengths, 256)) return BAD_LENGTHS;
  }
  if (!build(state + DISTANCES, ROOT_DISTANCE, KIND_DISTANCE, lengths + literals, distances, scratch)) return BAD_LENGTHS;
  if (!build(state + LITERALS, ROOT, KIND_LITERAL, lengths, literals, scratch)) return BAD_LENGTHS;
  pair(state + LITERALS, ROOT);
  store<u32>(state, CODES, PHASE);
  return 0;
}

function refill(state: usize): void {
  const count = load<u32>(state, COUNT), at = <usize>load<u32>(state, IN), bytes = (63 - count) >> 3;
  const bits = load<u64>(state, BITS) | (load<u64>(at, 0, 1) << count);
  store<u32>(state, <u32>at + bytes, IN);
  store<u32>(state, count + (bytes << 3), COUNT);
  store<u64>(state, bits & (((<u64>1) << (count + (bytes << 3))) - 1), BITS);
}

/** Returns 1 when the output is full, 0 when the block is copied. */
function stored(state: usize): i32 {
  const at = load<u32>(state, IN), out = load<u32>(state, OUT), left = load<u32>(state, LEFT);
  const limit = load<u32>(state, OUT_END);
  const room: u32 = limit > out ? limit - out : 0;
  const n = left < room ? left : room;
  if (load<u32>(state, IN_END) - at < n) return CUT;
  memory.copy(out, at, n);
  store<u32>(state, at + n, IN);
  store<u32>(state, out + n, OUT);
  store<u32>(state, left - n, LEFT);
  return left > n ? 1 : 0;
}

/** Returns 1 when the output is full, 0 at the end of the block. */
function codes(state: usize): i32 {
  const literals = state + LITERALS, distances = state + DISTANCES;
  const inEnd = <usize>load<u32>(state, IN_END) + 8, outEnd = <usize>load<u32>(state, OUT_END), base = <usize>load<u32>(state, BASE);
  const mask: u64 = (1 << ROOT) - 1;
  let at = <usize>load<u32>(state, IN), out = <usize>load<u32>(state, OUT);
  let bits = load<u64>(state, BITS), count = <u64>load<u32>(state, COUNT);
  let result: i32 = 1;
  while (out < outEnd) {
    if (at > inEnd) { result = CUT; break; }
    // At least 56 bits. The bits above `count` are already the true next ones, so or-ing them again does no harm.
    bits |= load<u64>(at, 0, 1) << count;
    at += <usize>((63 - count) >> 3);
    count |= 56;
    let e = load<u32>(literals + (<usize>(bits & mask) << 2));
    let n = (e >> 8) & 3;
    if (n) {
      store<u16>(out, <u16>(e >> 16), 0, 1); out += n; bits >>= <u64>e; count -= <u64>(e & 63);
      e = load<u32>(literals + (<usize>(bits & mask) << 2)); n = (e >> 8) & 3;
      if (n) {
        store<u16>(out, <u16>(e >> 16), 0, 1); out += n; bits >>= <u64>e; count -= <u64>(e & 63);
        e = load<u32>(literals + (<usize>(bits & mask) << 2)); n = (e >> 8) & 3;
        if (n) {
          store<u16>(out, <u16>(e >> 16), 0, 1); out += n; bits >>= <u64>e; count -= <u64>(e & 63);
          e = load<u32>(literals + (<usize>(bits & mask) << 2)); n = (e >> 8) & 3;
          if (n) {
            store<u16>(out, <u16>(e >> 16), 0, 1); out += n; bits >>= <u64>e; count -= <u64>(e & 63);
            continue;
          }
        }
      }
    }
    // 23 bits or more are left: enough for a code of 15 and 5 extra bits.
    if (e & BIT_EXCEPTION) {
      if (!(e & BIT_OTHER)) {
        bits >>= <u64>e; count -= <u64>(e & 63);
        e = load<u32>(literals + (<usize>((e >> 16) + (<u32>bits & ((1 << ((e >> 10) & 15)) - 1))) << 2));
        if ((e >> 8) & 3) {
          store<u8>(out, <u8>(e >> 16)); out++; bits >>= <u64>e; count -= <u64>(e & 63);
          continue;
        }
      }
      if (e & BIT_EXCEPTION) {
        bits >>= <u64>e; count -= <u64>(e & 63);
        result = e >> 16 ? BAD_CODE : 0;
        break;
      }
    }
    const length = <usize>((e >> 16) + ((<u32>bits & ((1 << (e & 63)) - 1)) >> ((e >> 10) & 15)));
    bits >>= <u64>e; count -= <u64>(e & 63);
    bits |= load<u64>(at, 0, 1) << count;
    at += <usize>((63 - count) >> 3);
    count |= 56;
    e = load<u32>(distances + (<usize>(<u32>bits & ((1 << ROOT_DISTANCE) - 1)) << 2));
    if (e & BIT_EXCEPTION) {
      if (!(e & BIT_OTHER)) {
        bits >>= <u64>e; count -= <u64>(e & 63);
        e = load<u32>(distances + (<usize>((e >> 16) + (<u32>bits & ((1 << ((e >> 10) & 15)) - 1))) << 2));
      }
      if (e & BIT_EXCEPTION) { result = BAD_CODE; break; }
    }
    const distance = <usize>((e >> 16) + ((<u32>bits & ((1 << (e & 63)) - 1)) >> ((e >> 10) & 15)));
    bits >>= <u64>e; count -= <u64>(e & 63);
    if (distance > out - base) { result = BAD_DISTANCE; break; }
    out = repeat(out, distance, length);
  }
  bits &= ((<u64>1) << count) - 1;
  store<u32>(state, <u32>at, IN);
  store<u32>(state, <u32>out, OUT);
  store<u64>(state, bits, BITS);
  store<u32>(state, <u32>count, COUNT);
  if (result >= 0 && consumed(state) > load<u32>(state, IN_END)) return CUT;
  return result;
}
