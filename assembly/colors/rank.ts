// Puts the most frequent colours of a table (lib/census.ts) into a heap (lib/heap.ts). The caller sets the heap's limit.
import { bar, offer } from "./lib/heap";

export function rank(heap: usize, table: usize, bits: u32, least: u32): void {
  const from = table + 16, floor = max(least, bar(heap));
  for (let at = from, end = from + (8 << bits); at < end; at += 8) {
    if (load<u32>(at, 4) >= floor) offer(heap, load<u32>(at), load<u32>(at, 4));
  }
}
