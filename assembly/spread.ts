// GrowMask: the greatest (sign 1) or least (sign -1) value within `reach`, over a square or a diamond; edges replicate.
import { diamond, diamondRoom } from "./lib/diamond";
import { Bytes, Floats } from "./lib/grid";
import { square, squareRoom } from "./lib/square";

export function spread(dst: usize, src: usize, width: u32, height: u32, reach: u32, isSquare: bool, sign: i32, scratch: usize): void {
  if (!reach) memory.copy(dst, src, width * height);
  else if (isSquare) square<Bytes>(dst, src, width, height, reach, sign, scratch);
  else diamond<Bytes>(dst, src, width, height, reach, sign, scratch);
}

export function spreadFloat(dst: usize, src: usize, width: u32, height: u32, reach: u32, isSquare: bool, sign: i32, scratch: usize): void {
  if (!reach) memory.copy(dst, src, width * height << 2);
  else if (isSquare) square<Floats>(dst, src, width, height, reach, sign, scratch);
  else diamond<Floats>(dst, src, width, height, reach, sign, scratch);
}

/** Bytes of scratch a spread needs; `size` is the bytes of a value, 1 or 4. */
export function spreadScratch(width: u32, height: u32, reach: u32, isSquare: bool, size: u32): u32 {
  return isSquare ? squareRoom(width, height, reach, size) : diamondRoom(width, reach, size);
}
