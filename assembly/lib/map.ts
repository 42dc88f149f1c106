// The loop that changes each float of a mask. An operation is a class with an inlined `at`, laid over its parameter block.
import { LANES, float } from "./lanes";

@inline
export function map<T>(dst: usize, src: usize, n: u32, block: usize): void {
  const s: usize = LANES * 4;
  for (const end = dst + (n << 2); dst < end; dst += s, src += s) float.store(dst, changetype<T>(block).at(float.load(src)));
}
