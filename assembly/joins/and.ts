// Where both masks are set. Set is MaskComposite's round(x) != 0, half to even: 128 and above for bytes.
import { Byte, Float, byte, float, int } from "../lib/lanes";
import { join, joinFloat } from "../lib/join";
import { set } from "../lib/logic";

@unmanaged
class And {
  @inline at(a: Byte, b: Byte): Byte { return byte.top(byte.and(a, b)); }
}
@unmanaged
class AndFloat {
  @inline at(a: Float, b: Float): Float { return float.one(int.and(set(a), set(b))); }
}

export function and(dst: usize, a: usize, b: usize, n: u32): void { join<And>(dst, a, b, n); }
export function andFloat(dst: usize, a: usize, b: usize, n: u32): void { joinFloat<AndFloat>(dst, a, b, n); }
