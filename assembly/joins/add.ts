// The sum. Bytes saturate at 255.
import { Byte, Float, byte, float } from "../lib/lanes";
import { join, joinFloat } from "../lib/join";

@unmanaged
class Add {
  @inline at(a: Byte, b: Byte): Byte { return byte.add(a, b); }
}
@unmanaged
class AddFloat {
  @inline at(a: Float, b: Float): Float { return float.add(a, b); }
}

export function add(dst: usize, a: usize, b: usize, n: u32): void { join<Add>(dst, a, b, n); }
export function addFloat(dst: usize, a: usize, b: usize, n: u32): void { joinFloat<AddFloat>(dst, a, b, n); }
