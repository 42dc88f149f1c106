// The flags of lib/color.ts, clear before, for the colours of all buckets (of `bucket`) that hold `least` pixels or more.
import { FLAGS } from "./lib/color";

/** How many buckets those are. */
export function full(flags: usize, buckets: usize, bits: u32, least: u32): u32 {
  let all: u32 = 0;
  for (let i: u32 = 0; i < 1 << bits; i++) {
    if (load<u32>(buckets + (i << 2)) < least) continue;
    store<u8>(flags + (i >> bits - FLAGS), 1);
    all++;
  }
  return all;
}
