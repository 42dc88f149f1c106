// Mirrors left to right, upside down, or both.
import { Frame, numbers, slice } from "../lib/frame";
import { move } from "./lib/element";

/** 0: left to right, 1: upside down, 2: both. */
@unmanaged
class Flip { axis: u32; }

export function flip(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), axis = changetype<Flip>(numbers(block)).axis, size: usize = f.size, row: usize = f.width * f.size;
  const src = f.first(f.picture), to = min(f.from + slice(f.width), f.height);
  for (let y = f.from; y < to; y++) {
    const from = src + (axis ? f.height - 1 - y : y) * row, end = dst + (y + 1) * row;
    if (axis == 1) memory.copy(end - row, from, row);
    else for (let d = end - row, s = from + row - size; d < end; d += size, s -= size) move(d, s, f.size);
  }
  return to < f.height ? to : 0;
}
