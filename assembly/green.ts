// The green byte of each pixel.
import { Int } from "./lib/lanes";
import { pick } from "./lib/pick";

@unmanaged
class Green {
  @inline at(r: Int, g: Int, b: Int, a: Int): Int { return g; }
}

export function green(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { pick<Green>(dst, src, n, channels, block); }
