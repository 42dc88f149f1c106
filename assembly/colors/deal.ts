// Sorts pixels into lists by the first bits of their hashes. `ends` points to the end of each list.
import { hash } from "./lib/color";

export function deal(ends: usize, bits: u32, src: usize, n: u32): void {
  for (const end = src + (n << 2); src < end; src += 4) {
    const key = load<u32>(src), at = ends + (hash(key) >> 32 - bits << 2), to = load<u32>(at);
    store<u32>(to, key);
    store<u32>(at, to + 4);
  }
}
