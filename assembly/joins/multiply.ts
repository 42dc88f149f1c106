// The product. Bytes round as in Pillow when it pastes one mask onto black through another; floats are multiplied.
import { Byte, Float, Word, float, word } from "../lib/lanes";
import { join, joinFloat } from "../lib/join";

@unmanaged
class Multiply {
  @inline at(a: Byte, b: Byte): Byte {
    return word.narrow(product(word.low(a), word.low(b)), product(word.high(a), word.high(b)));
  }
}
@unmanaged
class MultiplyFloat {
  @inline at(a: Float, b: Float): Float { return float.mul(a, b); }
}

@inline function product(a: Word, b: Word): Word {
  const t = word.add(word.mul(a, b), word.splat(128));
  return word.shr(word.add(word.shr(t, 8), t), 8);
}

export function multiply(dst: usize, a: usize, b: usize, n: u32): void { join<Multiply>(dst, a, b, n); }
export function multiplyFloat(dst: usize, a: usize, b: usize, n: u32): void { joinFloat<MultiplyFloat>(dst, a, b, n); }
