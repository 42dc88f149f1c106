// The pixels of the fullest buckets (of `bucket`), as many as the heap (lib/heap.ts) has room for.
import { bar, offer } from "./lib/heap";

/** How many the least of them holds. */
export function fullest(heap: usize, buckets: usize, bits: u32): u32 {
  for (let i: u32 = 0; i < 1 << bits; i++) {
    const held = load<u32>(buckets + (i << 2));
    if (held >= bar(heap)) offer(heap, i, held);
  }
  return bar(heap);
}
