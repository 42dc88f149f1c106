// The greatest (or, shrinking, the least) value in a diamond, a square or a disk. Edges replicate, which for these shapes is the
// same as ignoring what lies beyond them.
import { Frame, numbers } from "../lib/frame";
import { diamond, diamondRoom, rowsOfDiamond, single } from "./lib/diamond";
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
  if (g.shape == DIAMOND && f.to) return rowsOfDiamond<T>(dst, src, f, reach, sign, scratch);
  if (g.shape == DIAMOND) return diamond<T>(dst, src, f.width, f.height, reach, sign, scratch, f.from);
  if (g.shape == SQUARE) return square<T>(dst, src, f, reach, sign, scratch);
  return disk<T>(dst, src, f, reach, sign, scratch);
}

/** Bytes of scratch that the kernel of this shape needs. */
export function growRoom(block: usize): u32 {
  const f = changetype<Frame>(block), g = changetype<Grow>(numbers(block)), reach = abs(g.expand);
  const bytes = g.shape == DIAMOND ? diamondRoom(f.width, f.height, reach, f.size)
    : g.shape == SQUARE ? squareRoom(f.width, f.height, reach, f.size) : diskRoom(f.width, f.height, reach, f.size);
  return <u32>min<f64>(bytes, 4294967295);
}
export function growFloatRoom(block: usize): u32 { return growRoom(block); }

/** The steps are rows. A wide diamond is made in several passes and is not divided. */
export function growUnits(block: usize, phase: u32): u32 {
  const f = changetype<Frame>(block), g = changetype<Grow>(numbers(block));
  const wide = g.shape == DIAMOND && !single(f.width, f.height, abs(g.expand), f.size);
  return phase || !g.expand || wide ? 0 : f.height;
}
export function growFloatUnits(block: usize, phase: u32): u32 { return growUnits(block, phase); }
/** How many rows are read before the first row is made. */
export function growAhead(block: usize): u32 {
  const f = changetype<Frame>(block);
  return 2 * min<u32>(abs(changetype<Grow>(numbers(block)).expand), f.height);
}
export function growFloatAhead(block: usize): u32 { return growAhead(block); }
