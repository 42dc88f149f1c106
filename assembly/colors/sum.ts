// Adds counts that were made separately.
import { LANES, int } from "../lib/lanes";

/** `n`: how many words, a multiple of four. */
export function sum(counts: usize, others: usize, n: u32): void {
  for (const end = counts + (<usize>n << 2); counts < end; counts += LANES * 4, others += LANES * 4) {
    int.store(counts, int.add(int.load(counts), int.load(others)));
  }
}
