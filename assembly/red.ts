// The red byte of each pixel.
import { Int } from "./lib/lanes";
import { pick } from "./lib/pick";

@unmanaged
class Red {
  @inline at(r: Int, g: Int, b: Int, a: Int): Int { return r; }
}

export function red(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { pick<Red>(dst, src, n, channels, block); }
