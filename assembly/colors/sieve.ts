// Counts the colours of the buckets that `bucket` found full enough, by their `flags`. Returns false when the table
// (lib/census.ts) is too small.
import { add } from "./lib/census";
import { after, dull, flagOf, hash } from "./lib/color";

export function sieve(table: usize, bits: u32, flags: usize, buckets: usize, bucketBits: u32, least: u32, src: usize, n: u32): bool {
  const end = src + (n << 2);
  for (let seen = src; src < end;) {
    if (src >= seen) {
      seen = src + 64;
      if (load<u32>(src) != load<u32>(src, 4) && dull(flags, src)) {
        src = seen;
        continue;
      }
    }
    const key = load<u32>(src), from = src, h = hash(key);
    src = after(src, end, key);
    if (!load<u8>(flags + flagOf(key))) continue;
    if (load<u32>(buckets + (h >> 32 - bucketBits << 2)) >= least && !add(table, bits, key, h, <u32>(src - from) >> 2)) return false;
  }
  return true;
}
