// Turns clockwise by quarters. Columns are read in blocks of 32, so that each cache line is used while it is loaded.
import { Frame, numbers, slice } from "../lib/frame";
import { move } from "./lib/element";

@unmanaged
class Rotate { turns: i32; }

const BLOCK: u32 = 32;

export function rotate(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), turns = changetype<Rotate>(numbers(block)).turns & 3, size: usize = f.size;
  const src = f.first(f.picture), row: usize = f.width * f.size, stride: usize = f.aWidth * f.size;
  const to = min(f.from + (slice(f.width) + BLOCK), f.height);
  if (!(turns & 1)) {
    for (let y = f.from; y < to; y++) {
      const end = dst + (y + 1) * row;
      if (!turns) memory.copy(end - row, src + y * stride, row);
      else for (let d = end - row, s = src + (f.height - y) * stride - size; d < end; d += size, s -= size) move(d, s, f.size);
    }
    return to < f.height ? to : 0;
  }
  // a row of the result is a column of the source: read upwards for one turn, downwards for three
  for (let x0: u32 = 0; x0 < f.width; x0 += BLOCK) {
    const x1 = min(x0 + BLOCK, f.width);
    for (let y = f.from; y < to; y++) {
      const column = src + (turns == 1 ? y : f.aWidth - 1 - y) * size;
      for (let x = x0, d = dst + y * row + x0 * size; x < x1; x++, d += size)
        move(d, column + (turns == 1 ? f.aHeight - 1 - x : x) * stride, f.size);
    }
  }
  return to < f.height ? to : 0;
}
