// Adds one table of counts (lib/census.ts) to another. Returns false when there are too many colours for it.
import { add } from "./lib/census";
import { hash } from "./lib/color";

export function merge(table: usize, bits: u32, other: usize): bool {
  for (let at = other + 16, end = at + (8 << bits); at < end; at += 8) {
    const key = load<u32>(at), times = load<u32>(at, 4);
    if (times && !add(table, bits, key, hash(key), times)) return false;
  }
  return true;
}
