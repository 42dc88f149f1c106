// Pixels of one, three or four channels to RGBA, alpha through a table of 256 bytes. Without alpha they are opaque.
import { LANES, int } from "../lib/lanes";

export function fade(dst: usize, src: usize, n: u32, channels: u32, table: usize): void {
  const end = dst + (n << 2);
  if (channels == 4) {
    for (; dst < end; dst += 4, src += 4) {
      const p = load<u32>(src);
      store<u32>(dst, p & 0xffffff | <u32>load<u8>(table + (p >> 24)) << 24);
    }
    return;
  }
  // writes whole vectors: the result is padded
  const alpha = int.splat(<u32>load<u8>(table, 255) << 24), color = int.splat(0xffffff), s: usize = LANES * 4;
  if (channels == 1) for (; dst < end; dst += s, src += LANES) int.store(dst, int.or(int.and(int.gray(src), color), alpha));
  else for (; dst < end; dst += s, src += LANES * 3) int.store(dst, int.or(int.and(int.rgb(src), color), alpha));
}
