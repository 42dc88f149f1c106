// Which pixels lie above a threshold, 64 at a time: float32(v / 255), or the float, above float32(threshold). NaN does not.
import { BYTES, LANES, byte, float, int } from "./lanes";

@unmanaged
export class AboveBytes {
  @inline size(): u32 { return 1; }
  /** The greatest byte that is not above; there is one, since thresholds begin at 0. */
  limit(threshold: f32): u32 {
    let v: u32 = 255;
    while (v && <f32>v / 255 > threshold) v--;
    return v;
  }
  @inline bits(src: usize, limit: u32): u64 {
    // written out: engines do not unroll so short a loop
    if (BYTES == 16) {
      const low = this.sixteen(src, limit) | this.sixteen(src + 16, limit) << 16, high = this.sixteen(src + 32, limit) | this.sixteen(src + 48, limit) << 16;
      return ~(<u64>low | <u64>high << 32);
    }
    let bits: u64 = 0;
    for (let i: u64 = 0; i < 64; i += BYTES) bits |= <u64>byte.bits(byte.lt(byte.splat(limit), byte.load(src + <usize>i))) << i;
    return bits;
  }
  /** Those that are not above: engines compare so in one step less. */
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
