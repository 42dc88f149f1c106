// Counts the colours of pictures that have few, run by run. Returns false when the table (lib/census.ts) is too small.
import { add } from "./lib/census";
import { hash } from "./lib/color";
import { ends } from "./lib/runs";

export function count(table: usize, bits: u32, src: usize, n: u32): bool {
  const end = src + (n << 2);
  let from = src;
  for (; src < end; src += 256) {
    for (let cut = ends(src); cut; cut &= cut - 1) {
      const to = src + 4 + (<usize>ctz(cut) << 2);
      if (to > end) break;
      if (!run(table, bits, from, to)) return false;
      from = to;
    }
  }
  return from == end || run(table, bits, from, end);
}

@inline function run(table: usize, bits: u32, from: usize, to: usize): bool {
  const key = load<u32>(from);
  return add(table, bits, key, hash(key), <u32>(to - from) >> 2);
}
