// Cb of YCbCr, rounded as in Pillow.
import { Int } from "../lib/lanes";
import { pick } from "../lib/pick";
import { blueness } from "../space/yuv";

@unmanaged
class YuvU {
  @inline at(r: Int, g: Int, b: Int, a: Int): Int { return blueness(r, g, b); }
}

export function yuvU(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { pick<YuvU>(dst, src, n, channels, block); }
