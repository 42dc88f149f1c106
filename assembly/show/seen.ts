// Floats to the bytes they are shown as: 255 * x exactly, rounded half to even, NaN as 0, as in a Uint8ClampedArray. `bytes`,
// which makes the bytes of a mask, truncates instead.
import { nearest } from "./lib/mix";

export function seen(dst: usize, src: usize, n: u32): void {
  // a float times 255 is exact in 64 bits
  for (const end = dst + n; dst < end; dst++, src += 4) {
    const v = 255 * <f64>load<f32>(src);
    store<u8>(dst, v > 0 ? v < 255 ? nearest(v) : 255 : 0);
  }
}
