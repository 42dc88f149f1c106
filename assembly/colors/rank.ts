// The most frequent colours of a table that `count` has filled, into a heap (lib/heap.ts) whose limit the caller has set.
import { offer } from "./lib/heap";

export function rank(heap: usize, table: usize, capacity: u32, least: u32): void {
  const from = table + 16, floor = max<u32>(least, 1);
  for (let at = from, end = from + (capacity << 3); at < end; at += 8) {
    if (load<u32>(at, 4) >= floor) offer(heap, load<u32>(at), load<u32>(at, 4));
  }
}
