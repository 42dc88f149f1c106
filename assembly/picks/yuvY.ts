// Y of YCbCr, rounded as in Pillow.
import { Int } from "../lib/lanes";
import { pick } from "../lib/pick";
import { luminance } from "../space/yuv";

@unmanaged
class YuvY {
  @inline at(r: Int, g: Int, b: Int, a: Int): Int { return luminance(r, g, b); }
}

export function yuvY(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { pick<YuvY>(dst, src, n, channels, block); }
