// GrowMask: the greatest (or, shrinking, the least) value within reach, over a square or a diamond; edges replicate.
import { diamond, diamondRoom } from "./lib/diamond";
import { Frame, numbers } from "../lib/frame";
import { Bytes, Floats } from "./lib/grid";
import { square, squareRoom } from "./lib/square";

@unmanaged
class Grow { expand: i32; tapered: u32; }

export function grow(dst: usize, block: usize, scratch: usize): u32 { return spread<Bytes>(dst, block, scratch); }
export function growFloat(dst: usize, block: usize, scratch: usize): u32 { return spread<Floats>(dst, block, scratch); }

@inline
function spread<T>(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), g = changetype<Grow>(numbers(block)), src = f.first(f.picture);
  const reach = abs(g.expand), sign = g.expand < 0 ? -1 : 1;
  if (reach) return g.tapered ? diamond<T>(dst, src, f.width, f.height, reach, sign, scratch, f.from) : square<T>(dst, src, f.width, f.height, reach, sign, scratch, f.from);
  memory.copy(dst, src, f.width * f.height * f.size);
  return 0;
}

/** Bytes of scratch that either kernel needs. */
export function growRoom(block: usize): u32 {
  const f = changetype<Frame>(block), g = changetype<Grow>(numbers(block)), reach = abs(g.expand);
  const bytes = g.tapered ? diamondRoom(f.width, f.height, reach, f.size) : squareRoom(f.width, f.height, reach, f.size);
  return <u32>min<f64>(bytes, 4294967295);
}
export function growFloatRoom(block: usize): u32 { return growRoom(block); }
