// Where exactly one mask is set. Set is MaskComposite's round(x) != 0, half to even: 128 and above for bytes.
import { Byte, Float, byte, float, int } from "../lib/lanes";
import { join, joinFloat } from "../lib/join";
import { set } from "../lib/logic";

@unmanaged
class Xor {
  @inline at(a: Byte, b: Byte): Byte { return byte.top(byte.xor(a, b)); }
}
@unmanaged
class XorFloat {
  @inline at(a: Float, b: Float): Float { return float.one(int.xor(set(a), set(b))); }
}

export function xor(dst: usize, a: usize, b: usize, n: u32): void { join<Xor>(dst, a, b, n); }
export function xorFloat(dst: usize, a: usize, b: usize, n: u32): void { joinFloat<XorFloat>(dst, a, b, n); }
