// The lesser of two values; NaN if either is NaN.
import { Byte, Float, byte, float } from "../lib/lanes";
import { join, joinFloat } from "../lib/join";

@unmanaged
class Min {
  @inline at(a: Byte, b: Byte): Byte { return byte.min(a, b); }
}
@unmanaged
class MinFloat {
  @inline at(a: Float, b: Float): Float { return float.min(a, b); }
}

export function min(dst: usize, a: usize, b: usize, n: u32): void { join<Min>(dst, a, b, n); }
export function minFloat(dst: usize, a: usize, b: usize, n: u32): void { joinFloat<MinFloat>(dst, a, b, n); }
