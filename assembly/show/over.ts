// A tint over a picture, as shown: each channel is (tint * cover + under * below) / alpha of both, in 64-bit floats and in this
// order, so that every engine rounds the same. `block`: see lib/mix.ts.
import { int } from "../lib/lanes";
import { OPAQUE, quad, solid, through } from "./lib/mix";

export function over(dst: usize, mask: usize, under: usize, n: u32, channels: u32, block: usize): void {
  const end = dst + (n << 2);
  if (ASC_FEATURE_SIMD) {
    // writes whole vectors: the result is padded
    for (; dst < end; dst += 16, mask += 4, under += channels << 2) {
      const p = channels == 4 ? int.rgba(under) : channels == 3 ? int.rgb(under) : int.gray(under);
      if (channels == 4 && !i32x4.all_true(i32x4.ge_u(p, i32x4.splat(OPAQUE)))) {
        for (let k: u32 = 0; k < 16; k += 4) through(dst + k, load<u8>(mask + (k >> 2)), load<u32>(under + k), block);
      } else v128.store(dst, load<u32>(mask) ? quad(p, mask, block) : p);
    }
    return;
  }
  for (; dst < end; dst += 4, mask++, under += channels) {
    const v: u32 = load<u8>(mask), p: u32 = channels == 4 ? int.rgba(under) : channels == 3 ? int.rgb(under) : int.gray(under);
    if (p < OPAQUE) through(dst, v, p, block);
    else if (v) solid(dst, v, p, block);
    else store<u32>(dst, p);
  }
}
