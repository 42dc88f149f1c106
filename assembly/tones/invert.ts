// 1 - x, not clamped.
import { Float, float } from "../lib/lanes";
import { map } from "../lib/map";

@unmanaged
class Invert {
  @inline at(x: Float): Float { return float.sub(float.splat(1), x); }
}

export function invert(dst: usize, src: usize, n: u32, block: usize): void { map<Invert>(dst, src, n, block); }
