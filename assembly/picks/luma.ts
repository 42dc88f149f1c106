// Pillow's gray: ITU-R 601 in 16 bits of fraction, rounded.
import { Int, int } from "../lib/lanes";
import { pick } from "../lib/pick";

@unmanaged
class Luma {
  @inline at(r: Int, g: Int, b: Int, a: Int): Int {
    const sum = int.add(int.add(int.times(r, int.splat(19595)), int.times(int.add(g, g), int.splat(19235))), int.times(b, int.splat(7471)));
    return int.shr(int.add(sum, int.splat(32768)), 16);
  }
}

export function luma(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { pick<Luma>(dst, src, n, channels, block); }
