// V of HSV: the highest of the three.
import { Int } from "./lib/lanes";
import { pick } from "./lib/pick";
import { brightness } from "./space/hsv";

@unmanaged
class HsvV {
  @inline at(r: Int, g: Int, b: Int, a: Int): Int { return brightness(r, g, b); }
}

export function hsvV(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { pick<HsvV>(dst, src, n, channels, block); }
