// Floats as bytes: 255 * x in single precision, truncated and clamped; NaN is 0.
import { Int, LANES, float, int } from "./lib/lanes";

export function bytes(dst: usize, src: usize, n: u32): void {
  const s: usize = LANES * 4;
  for (const end = dst + n; dst < end; dst += LANES * 4, src += 4 * s) int.pack(dst, at(src), at(src + s), at(src + 2 * s), at(src + 3 * s));
}

@inline function at(src: usize): Int { return int.clip(float.mul(float.load(src), float.splat(255))); }
