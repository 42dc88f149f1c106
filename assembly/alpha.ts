// The alpha byte of each pixel, or 255 if the picture has no alpha.
import { Int } from "./lib/lanes";
import { pick } from "./lib/pick";

@unmanaged
class Alpha {
  @inline at(r: Int, g: Int, b: Int, a: Int): Int { return a; }
}

export function alpha(dst: usize, src: usize, n: u32, channels: u32, block: usize): void { pick<Alpha>(dst, src, n, channels, block); }
