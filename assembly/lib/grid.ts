// What a spread needs of bytes and of floats, so that lib/sweep.ts is written once. `turn` makes shrinking growing: the least
// of some values is the greatest of the turned ones, turned back.
import { BYTES, Byte, Float, LANES, byte, float } from "./lanes";

@unmanaged
export class Bytes {
  @inline size(): u32 { return 1; }
  @inline step(): u32 { return BYTES; }
  @inline load(at: usize): Byte { return byte.load(at); }
  @inline store(at: usize, v: Byte): void { byte.store(at, v); }
  @inline max(a: Byte, b: Byte): Byte { return byte.max(a, b); }
  @inline lowest(): Byte { return byte.splat(0); }
  @inline turn(v: Byte, sign: i32): Byte { return byte.xor(v, byte.splat(sign < 0 ? 255 : 0)); }
}

@unmanaged
export class Floats {
  @inline size(): u32 { return 4; }
  @inline step(): u32 { return LANES * 4; }
  @inline load(at: usize): Float { return float.load(at); }
  @inline store(at: usize, v: Float): void { float.store(at, v); }
  @inline max(a: Float, b: Float): Float { return float.above(a, b); }
  @inline lowest(): Float { return float.splat(-Infinity); }
  @inline turn(v: Float, sign: i32): Float { return float.mul(v, float.splat(<f32>sign)); }
}
