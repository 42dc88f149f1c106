// Bytes and floats behind one interface, so that lib/sweep.ts is written once. `enter` turns a value into a number whose maximum
// is wanted (`flip` makes shrinking a maximum too); `leave` turns it back.
import { BYTES, Byte, Int, LANES, byte, int } from "../../lib/lanes";

@unmanaged
export class Bytes {
  @inline size(): u32 { return 1; }
  @inline step(): u32 { return BYTES; }
  @inline load(at: usize): Byte { return byte.load(at); }
  @inline store(at: usize, v: Byte): void { byte.store(at, v); }
  @inline max(a: Byte, b: Byte): Byte { return byte.max(a, b); }
  @inline lowest(): Byte { return byte.splat(0); }
  @inline flip(sign: i32): Byte { return byte.splat(sign < 0 ? 255 : 0); }
  @inline enter(v: Byte, flip: Byte): Byte { return byte.xor(v, flip); }
  @inline leave(v: Byte, flip: Byte): Byte { return byte.xor(v, flip); }
}

/** Floats as integers of the same order, with NaN above all, so that NaN wins in any order of comparison. */
@unmanaged
export class Floats {
  @inline size(): u32 { return 4; }
  @inline step(): u32 { return LANES * 4; }
  @inline load(at: usize): Int { return int.load(at); }
  @inline store(at: usize, v: Int): void { int.store(at, v); }
  @inline max(a: Int, b: Int): Int { return int.max(a, b); }
  @inline lowest(): Int { return int.splat(i32.MIN_VALUE); }
  @inline flip(sign: i32): Int { return int.splat(sign < 0 ? i32.MIN_VALUE : 0); }
  @inline enter(v: Int, flip: Int): Int {
    const nan = int.gt(int.and(v, int.splat(0x7fffffff)), int.splat(0x7f800000)), ordered = this.leave(int.xor(v, flip), int.splat(0));
    return int.or(int.and(nan, int.splat(0x7fc00000)), int.and(int.not(nan), ordered));
  }
  @inline leave(v: Int, flip: Int): Int { return int.xor(int.xor(v, int.and(int.shr(v, 31), int.splat(0x7fffffff))), flip); }
}
