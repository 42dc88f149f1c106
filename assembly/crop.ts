// A rectangle of a mask; the caller has cut it to the picture.
import { Frame, numbers } from "./lib/frame";

@unmanaged
class Crop { x: u32; y: u32; }

export function crop(dst: usize, block: usize): void {
  const f = changetype<Frame>(block), at = changetype<Crop>(numbers(block));
  const row: usize = f.width * f.size, stride: usize = f.aWidth * f.size;
  let src = f.first(f.picture) + at.y * stride + at.x * f.size;
  for (const end = dst + f.height * row; dst < end; dst += row, src += stride) memory.copy(dst, src, row);
}
