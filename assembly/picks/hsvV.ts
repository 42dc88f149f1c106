// V of HSV: the greatest of red, green and blue.
import { Byte } from "../lib/lanes";
import { pickBytes } from "../lib/pick";
import { brightness } from "../space/hsv";

@unmanaged
class HsvV {
  @inline at(r: Byte, g: Byte, b: Byte): Byte { return brightness(r, g, b); }
}

export function hsvV(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { pickBytes<HsvV>(dst, src, n, channels, block); }
