// Counts one part's list of n pixels and offers its colours to the heap (lib/heap.ts). `counts` is 8192 u32, clear before
// and after. Parts are to come in order: of colours equally frequent the first then stays.
import { bar, offer } from "./lib/heap";
import { LANES, int } from "./lib/lanes";

export function tally(heap: usize, counts: usize, list: usize, n: u32, part: u32, least: u32): void {
  for (const end = list + (n << 1); list < end; list += 2) {
    const at = counts + (<u32>load<u16>(list) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  let under = bar(heap, least) - 1;
  for (let i: u32 = 0; i < 8192; i += LANES) {
    const at = counts + (i << 2);
    if (int.any(int.gt(int.load(at), int.splat(under)))) {
      for (let k: u32 = 0; k < LANES; k++) {
        const many = load<u32>(at + (k << 2));
        if (<i32>many > under) offer(heap, bswap((part << 13 | i + k) << 8) | 0xff000000, many);
      }
      under = bar(heap, least) - 1;
    }
    int.store(at, int.splat(0));
  }
}
