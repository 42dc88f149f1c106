// Where either mask is set. Set is MaskComposite's round(x) != 0, half to even: 128 and above for bytes.
import { Byte, Float, byte, float, int } from "../lib/lanes";
import { join, joinFloat } from "../lib/join";
import { set } from "../lib/logic";

@unmanaged
class Or {
  @inline at(a: Byte, b: Byte): Byte { return byte.top(byte.or(a, b)); }
}
@unmanaged
class OrFloat {
  @inline at(a: Float, b: Float): Float { return float.one(int.or(set(a), set(b))); }
}

export function or(dst: usize, a: usize, b: usize, n: u32): void { join<Or>(dst, a, b, n); }
export function orFloat(dst: usize, a: usize, b: usize, n: u32): void { joinFloat<OrFloat>(dst, a, b, n); }
