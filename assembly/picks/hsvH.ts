// H of HSV, rounded as in Pillow.
import { Byte } from "../lib/lanes";
import { pickBytes } from "../lib/pick";
import { hue } from "../space/hsv";

@unmanaged
class HsvH {
  @inline at(r: Byte, g: Byte, b: Byte): Byte { return hue(r, g, b); }
}

export function hsvH(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { pickBytes<HsvH>(dst, src, n, channels, block); }
