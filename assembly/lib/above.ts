// Which of 64 pixels lie above a threshold. A byte v counts as float32(v / 255), the threshold as float32. NaN is not above.
import { BYTES, LANES, byte, float, int } from "./lanes";

@unmanaged
export class AboveBytes {
  @inline size(): u32 { return 1; }
  /** The greatest byte that is not above. It exists, because thresholds start at 0. */
  limit(threshold: f32): u32 {
    let v: u32 = 255;
    while (v && <f32>v / 255 > threshold) v--;
    return v;
  }
  @inline bits(src: usize, limit: u32): u64 {
    // written out, because engines do not unroll so short a loop
    if (BYTES == 16) {
      const low = this.sixteen(src, limit) | this.sixteen(src + 16, limit) << 16, high = this.sixteen(src + 32, limit) | this.sixteen(src + 48, limit) << 16;
      return ~(<u64>low | <u64>high << 32);
    }
    let bits: u64 = 0;
    for (let i: u64 = 0; i < 64; i += BYTES) bits |= <u64>byte.bits(byte.lt(byte.splat(limit), byte.load(src + <usize>i))) << i;
    return bits;
  }
  /** One bit for each byte that is not above: this comparison takes one instruction less than `above`. */
  @inline private sixteen(src: usize, limit: u32): u32 { return byte.bits(byte.le(byte.load(src), byte.splat(limit))); }
}

@unmanaged
export class AboveFloats {
  @inline size(): u32 { return 4; }
  @inline limit(threshold: f32): u32 { return reinterpret<u32>(threshold); }
  @inline bits(src: usize, limit: u32): u64 {
    let bits: u64 = 0;
    const least = float.splat(reinterpret<f32>(limit));
    for (let i: u64 = 0; i < 64; i += LANES) bits |= <u64>int.bits(float.gt(float.load(src + <usize>(i << 2)), least)) << i;
    return bits;
  }
}
