// Clamps to 0..1. NaN and -0 stay, as in torch.clamp.
import { Float, float } from "../lib/lanes";
import { map } from "../lib/map";

@unmanaged
class Clamp {
  @inline at(x: Float): Float { return float.below(float.above(x, float.splat(0)), float.splat(1)); }
}

export function clamp(dst: usize, src: usize, n: u32, block: usize): void { map<Clamp>(dst, src, n, block); }
