// The greatest (or, shrinking, the least) value within reach: of a diamond, a square or a disk; edges replicate, which for
// these shapes is to leave out what is beyond them.
import { Frame, numbers } from "../lib/frame";
import { diamond, diamondRoom } from "./lib/diamond";
import { disk, diskRoom } from "./lib/disk";
import { Bytes, Floats } from "./lib/grid";
import { square, squareRoom } from "./lib/square";

@unmanaged
class Grow { expand: i32; shape: u32; }

const DIAMOND: u32 = 0;
const SQUARE: u32 = 1;

export function grow(dst: usize, block: usize, scratch: usize): u32 { return spread<Bytes>(dst, block, scratch); }
export function growFloat(dst: usize, block: usize, scratch: usize): u32 { return spread<Floats>(dst, block, scratch); }

@inline
function spread<T>(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), g = changetype<Grow>(numbers(block)), src = f.first(f.picture);
  const reach = abs(g.expand), sign = g.expand < 0 ? -1 : 1;
  if (!reach) {
    memory.copy(dst, src, f.width * f.height * f.size);
    return 0;
  }
  if (g.shape == DIAMOND) return diamond<T>(dst, src, f.width, f.height, reach, sign, scratch, f.from);
  if (g.shape == SQUARE) return square<T>(dst, src, f.width, f.height, reach, sign, scratch, f.from);
  return disk<T>(dst, src, f.width, f.height, reach, sign, scratch, f.from);
}

/** Bytes of scratch that any of the kernels needs. */
export function growRoom(block: usize): u32 {
  const f = changetype<Frame>(block), g = changetype<Grow>(numbers(block)), reach = abs(g.expand);
  const bytes = g.shape == DIAMOND ? diamondRoom(f.width, f.height, reach, f.size)
    : g.shape == SQUARE ? squareRoom(f.width, f.height, reach, f.size) : diskRoom(f.width, f.height, reach, f.size);
  return <u32>min<f64>(bytes, 4294967295);
}
export function growFloatRoom(block: usize): u32 { return growRoom(block); }
