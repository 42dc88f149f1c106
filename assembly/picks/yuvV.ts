// Cr of YCbCr, rounded as in Pillow.
import { Int } from "../lib/lanes";
import { pick } from "../lib/pick";
import { redness } from "../space/yuv";

@unmanaged
class YuvV {
  @inline at(r: Int, g: Int, b: Int, a: Int): Int { return redness(r, g, b); }
}

export function yuvV(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { pick<YuvV>(dst, src, n, channels, block); }
