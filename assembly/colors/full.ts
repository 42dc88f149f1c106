// Sets the flags of lib/color.ts for the colours of every bucket (see `bucket`) that holds at least `least` pixels. The caller
// clears the flags first.
import { FLAGS } from "./lib/color";

/** Returns how many buckets those are. */
export function full(flags: usize, buckets: usize, bits: u32, least: u32): u32 {
  let all: u32 = 0;
  for (let i: u32 = 0; i < 1 << bits; i++) {
    if (load<u32>(buckets + (i << 2)) < least) continue;
    store<u8>(flags + (i >> bits - FLAGS), 1);
    all++;
  }
  return all;
}
