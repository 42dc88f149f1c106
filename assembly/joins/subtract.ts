// The first value less the second. Bytes saturate at 0.
import { Byte, Float, byte, float } from "../lib/lanes";
import { join, joinFloat } from "../lib/join";

@unmanaged
class Subtract {
  @inline at(a: Byte, b: Byte): Byte { return byte.sub(a, b); }
}
@unmanaged
class SubtractFloat {
  @inline at(a: Float, b: Float): Float { return float.sub(a, b); }
}

export function subtract(dst: usize, a: usize, b: usize, n: u32): void { join<Subtract>(dst, a, b, n); }
export function subtractFloat(dst: usize, a: usize, b: usize, n: u32): void { joinFloat<SubtractFloat>(dst, a, b, n); }
