// S of HSV as Pillow rounds it.
import { Int } from "./lib/lanes";
import { pick } from "./lib/pick";
import { saturation } from "./space/hsv";

@unmanaged
class HsvS {
  @inline at(r: Int, g: Int, b: Int, a: Int): Int { return saturation(r, g, b); }
}

export function hsvS(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { pick<HsvS>(dst, src, n, channels, block); }
