// The absolute difference.
import { Byte, Float, byte, float } from "../lib/lanes";
import { join, joinFloat } from "../lib/join";

@unmanaged
class Difference {
  @inline at(a: Byte, b: Byte): Byte { return byte.or(byte.sub(a, b), byte.sub(b, a)); }
}
@unmanaged
class DifferenceFloat {
  @inline at(a: Float, b: Float): Float { return float.abs(float.sub(a, b)); }
}

export function difference(dst: usize, a: usize, b: usize, n: u32): void { join<Difference>(dst, a, b, n); }
export function differenceFloat(dst: usize, a: usize, b: usize, n: u32): void { joinFloat<DifferenceFloat>(dst, a, b, n); }
