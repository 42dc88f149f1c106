// The blue byte of each pixel.
import { Int } from "./lib/lanes";
import { pick } from "./lib/pick";

@unmanaged
class Blue {
  @inline at(r: Int, g: Int, b: Int, a: Int): Int { return b; }
}

export function blue(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { pick<Blue>(dst, src, n, channels, block); }
