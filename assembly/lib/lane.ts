// The loops that read one stored byte of each pixel as a float directly: as fast as memory allows.
import { Int, LANES, float, int } from "./lanes";
import { unitOf } from "./unit";

@inline
export function lane(dst: usize, src: usize, n: u32, channels: u32, shift: i32): void {
  const end = dst + (n << 2), s: usize = LANES * 4;
  if (channels == 4) for (; dst < end; dst += s, src += LANES * 4) float.store(dst, unitOf(level(int.rgba(src), shift)));
  else if (channels == 3) for (; dst < end; dst += s, src += LANES * 3) float.store(dst, unitOf(level(int.rgb(src), shift)));
  else for (; dst < end; dst += s, src += LANES) float.store(dst, unitOf(level(int.gray(src), shift)));
}

@inline function level(p: Int, shift: i32): Int { return int.and(int.shru(p, shift), int.splat(255)); }
