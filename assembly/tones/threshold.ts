// 1 above the value, else 0. Block: f32 value.
import { Float, float } from "../lib/lanes";
import { map } from "../lib/map";

@unmanaged
class Threshold {
  value: f32;
  @inline at(x: Float): Float { return float.one(float.gt(x, float.splat(this.value))); }
}

export function threshold(dst: usize, src: usize, n: u32, block: usize): void { map<Threshold>(dst, src, n, block); }
