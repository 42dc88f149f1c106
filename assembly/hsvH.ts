// H of HSV as Pillow rounds it.
import { Int } from "./lib/lanes";
import { pick } from "./lib/pick";
import { hue } from "./space/hsv";

@unmanaged
class HsvH {
  @inline at(r: Int, g: Int, b: Int, a: Int): Int { return hue(r, g, b); }
}

export function hsvH(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { pick<HsvH>(dst, src, n, channels, block); }
