// Offers the colours of another heap (lib/heap.ts) to this one.
import { bar, offer } from "./lib/heap";

export function pool(heap: usize, other: usize): void {
  for (let at = other + 8, end = at + (<usize>load<u32>(other) << 3); at < end; at += 8) {
    if (load<u32>(at, 4) >= bar(heap)) offer(heap, load<u32>(at), load<u32>(at, 4));
  }
}
