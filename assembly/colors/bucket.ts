// First of two passes over pictures of many colours: counts the pixels in each of 2^bits buckets. A colour cannot have more
// pixels than its bucket, so the second pass, `sieve`, can skip every bucket that holds too few.
import { hash } from "./lib/color";

export function bucket(buckets: usize, bits: u32, src: usize, n: u32): void {
  const end = src + (n << 2), by = 32 - bits;
  for (; src + 16 <= end; src += 16) {
    one(buckets, hash(load<u32>(src)) >> by);
    one(buckets, hash(load<u32>(src, 4)) >> by);
    one(buckets, hash(load<u32>(src, 8)) >> by);
    one(buckets, hash(load<u32>(src, 12)) >> by);
  }
  for (; src < end; src += 4) one(buckets, hash(load<u32>(src)) >> by);
}

@inline function one(buckets: usize, at: u32): void { store<u32>(buckets + (at << 2), load<u32>(buckets + (at << 2)) + 1); }
