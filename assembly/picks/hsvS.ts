// S of HSV, rounded as in Pillow.
import { Byte } from "../lib/lanes";
import { pickBytes } from "../lib/pick";
import { saturation } from "../space/hsv";

@unmanaged
class HsvS {
  @inline at(r: Byte, g: Byte, b: Byte): Byte { return saturation(r, g, b); }
}

export function hsvS(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { pickBytes<HsvS>(dst, src, n, channels, block); }
