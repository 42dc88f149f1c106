// inflate's inner loop with 32 bits of lookahead, for the scalar build, whose translation to JavaScript lacks fast 64-bit
// integers. Same tables and same results as codes() in ../inflate.ts.
import { BIT_EXCEPTION, BIT_OTHER } from "./huffman";
import { repeat } from "./png";
import { IN, IN_END, OUT, OUT_END, BASE, BITS, COUNT, LITERALS, DISTANCES, ROOT, ROOT_DISTANCE, CUT, BAD_CODE, BAD_DISTANCE } from "./stream";

/** Returns 1 when the output is full, 0 at the end of the block. */
export function codes32(state: usize): i32 {
  const literals = state + LITERALS, distances = state + DISTANCES;
  const inEnd = <usize>load<u32>(state, IN_END) + 8, outEnd = <usize>load<u32>(state, OUT_END), base = <usize>load<u32>(state, BASE);
  let out = <usize>load<u32>(state, OUT), count = load<u32>(state, COUNT);
  // Return whole bytes to the input, so that the rest fits 32 bits.
  let at = <usize>load<u32>(state, IN) - (count >> 3);
  count &= 7;
  let bits = load<u32>(state, BITS) & ((1 << count) - 1);
  let result: i32 = 1;
  while (out < outEnd) {
    if (at > inEnd) { result = CUT; break; }
    while (count < 25) { bits |= <u32>load<u8>(at++) << count; count += 8; }
    let e = load<u32>(literals + (<usize>(bits & ((1 << ROOT) - 1)) << 2));
    if ((e & (BIT_EXCEPTION | BIT_OTHER)) == BIT_EXCEPTION) {
      bits >>= e & 63; count -= e & 63;
      e = load<u32>(literals + (<usize>((e >> 16) + (bits & ((1 << ((e >> 10) & 15)) - 1))) << 2));
    }
    const n = (e >> 8) & 3;
    if (n) {
      store<u8>(out, <u8>(e >> 16));
      store<u8>(out, <u8>(e >> 24), 1);
      out += n;
      bits >>= e & 63; count -= e & 63;
      continue;
    }
    if (e & BIT_EXCEPTION) {
      bits >>= e & 63; count -= e & 63;
      result = e >> 16 ? BAD_CODE : 0;
      break;
    }
    const length = <usize>((e >> 16) + ((bits & ((1 << (e & 63)) - 1)) >> ((e >> 10) & 15)));
    bits >>= e & 63; count -= e & 63;
    while (count < 25) { bits |= <u32>load<u8>(at++) << count; count += 8; }
    e = load<u32>(distances + (<usize>(bits & ((1 << ROOT_DISTANCE) - 1)) << 2));
    if ((e & (BIT_EXCEPTION | BIT_OTHER)) == BIT_EXCEPTION) {
      bits >>= e & 63; count -= e & 63;
      e = load<u32>(distances + (<usize>((e >> 16) + (bits & ((1 << ((e >> 10) & 15)) - 1))) << 2));
    }
    if (e & BIT_EXCEPTION) { result = BAD_CODE; break; }
    // A code of up to 15 bits and 13 extra bits may not fit at once, so the extra bits are read separately.
    const code = (e >> 10) & 15, extra = (e & 63) - code;
    bits >>= code; count -= code;
    while (count < 25) { bits |= <u32>load<u8>(at++) << count; count += 8; }
    const distance = <usize>((e >> 16) + (bits & ((1 << extra) - 1)));
    bits >>= extra; count -= extra;
    if (distance > out - base) { result = BAD_DISTANCE; break; }
    out = repeat(out, distance, length);
  }
  store<u32>(state, <u32>at, IN);
  store<u32>(state, <u32>out, OUT);
  store<u64>(state, <u64>bits, BITS);
  store<u32>(state, count, COUNT);
  if (result >= 0 && <u32>at - (count >> 3) > load<u32>(state, IN_END)) return CUT;
  return result;
}
