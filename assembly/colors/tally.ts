// Counts the colours of one list of `deal` and offers them to the heap. Returns false when the table (lib/census.ts), which need
// not be clear, is too small.
import { add } from "./lib/census";
import { hash } from "./lib/color";
import { rank } from "./rank";

/** `dealt`: how many bits of the hash are equal in the whole list. */
export function tally(heap: usize, table: usize, bits: u32, dealt: u32, least: u32, list: usize, n: u32): bool {
  memory.fill(table, 0, 16 + (8 << bits));
  for (const end = list + (n << 2); list < end; list += 4) {
    const key = load<u32>(list);
    if (!add(table, bits, key, hash(key) << dealt, 1)) return false;
  }
  rank(heap, table, bits, least);
  return true;
}
