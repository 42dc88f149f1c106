// The loops that combine two masks, bytes or floats. An operation is a class without fields and with an inlined `at`.
import { BYTES, LANES, byte, float } from "./lanes";

@inline
export function join<T>(dst: usize, a: usize, b: usize, n: u32): void {
  const s: usize = BYTES;
  for (const end = dst + n; dst < end; dst += 2 * s, a += 2 * s, b += 2 * s) {
    const p = changetype<T>(0).at(byte.load(a), byte.load(b)), q = changetype<T>(0).at(byte.load(a + s), byte.load(b + s));
    byte.store(dst, p);
    byte.store(dst + s, q);
  }
}

@inline
export function joinFloat<T>(dst: usize, a: usize, b: usize, n: u32): void {
  const s: usize = LANES * 4;
  for (const end = dst + (n << 2); dst < end; dst += 2 * s, a += 2 * s, b += 2 * s) {
    const p = changetype<T>(0).at(float.load(a), float.load(b)), q = changetype<T>(0).at(float.load(a + s), float.load(b + s));
    float.store(dst, p);
    float.store(dst + s, q);
  }
}
