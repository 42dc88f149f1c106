// Floats as the bytes they are shown as: 255 times each, exactly, to the nearest whole number and of two the even one; NaN is 0.
// That is how a Uint8ClampedArray rounds. The bytes of a mask, `bytes`, are truncated instead.
import { nearest } from "./lib/mix";

export function seen(dst: usize, src: usize, n: u32): void {
  // a float times 255 is exact in 64 bits
  for (const end = dst + n; dst < end; dst++, src += 4) {
    const v = 255 * <f64>load<f32>(src);
    store<u8>(dst, v > 0 ? v < 255 ? nearest(v) : 255 : 0);
  }
}
