// Puts the fullest buckets (see `bucket`) into the heap (lib/heap.ts), with their numbers in place of colours.
import { bar, offer } from "./lib/heap";

/** Returns the fewest pixels with which a bucket would still enter. */
export function fullest(heap: usize, buckets: usize, bits: u32): u32 {
  for (let i: u32 = 0; i < 1 << bits; i++) {
    const held = load<u32>(buckets + (i << 2));
    if (held >= bar(heap)) offer(heap, i, held);
  }
  return bar(heap);
}
