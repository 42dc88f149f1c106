// Pixels of one or three channels as the keys of lib/color.ts.
import { LANES, int } from "../lib/lanes";

export function words(dst: usize, src: usize, n: u32, channels: u32): void {
  const end = dst + (n << 2), s: usize = LANES * 4;
  if (channels == 3) for (; dst < end; dst += s, src += LANES * 3) int.store(dst, int.rgb(src));
  else for (; dst < end; dst += s, src += LANES) int.store(dst, int.gray(src));
}
