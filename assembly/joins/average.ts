// The mean of two values. Bytes round down.
import { Byte, Float, Word, byte, float, word } from "../lib/lanes";
import { join, joinFloat } from "../lib/join";

@unmanaged
class Average {
  @inline at(a: Byte, b: Byte): Byte {
    return word.narrow(half(word.low(a), word.low(b)), half(word.high(a), word.high(b)));
  }
}
@unmanaged
class AverageFloat {
  @inline at(a: Float, b: Float): Float { return float.mul(float.add(a, b), float.splat(0.5)); }
}

@inline function half(a: Word, b: Word): Word { return word.shr(word.add(a, b), 1); }

export function average(dst: usize, a: usize, b: usize, n: u32): void { join<Average>(dst, a, b, n); }
export function averageFloat(dst: usize, a: usize, b: usize, n: u32): void { joinFloat<AverageFloat>(dst, a, b, n); }
