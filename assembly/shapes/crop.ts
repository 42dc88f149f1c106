// A rectangle of a mask. The caller has clipped it to the picture.
import { Frame, numbers, slice } from "../lib/frame";

@unmanaged
class Crop { x: u32; y: u32; }

export function crop(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), at = changetype<Crop>(numbers(block)), to = min(f.from + slice(f.width), f.height);
  const row: usize = f.width * f.size, stride: usize = f.aWidth * f.size;
  let src = f.first(f.picture) + (at.y + f.from) * stride + at.x * f.size;
  for (let y = f.from; y < to; y++, src += stride) memory.copy(dst + y * row, src, row);
  return to < f.height ? to : 0;
}
