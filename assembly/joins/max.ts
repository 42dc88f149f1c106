// The greater of two values; NaN if either is NaN.
import { Byte, Float, byte, float } from "../lib/lanes";
import { join, joinFloat } from "../lib/join";

@unmanaged
class Max {
  @inline at(a: Byte, b: Byte): Byte { return byte.max(a, b); }
}
@unmanaged
class MaxFloat {
  @inline at(a: Float, b: Float): Float { return float.max(a, b); }
}

export function max(dst: usize, a: usize, b: usize, n: u32): void { join<Max>(dst, a, b, n); }
export function maxFloat(dst: usize, a: usize, b: usize, n: u32): void { joinFloat<MaxFloat>(dst, a, b, n); }
