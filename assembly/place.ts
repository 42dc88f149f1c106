// A mask with another laid over it at x, y; what hangs over the right or lower edge is cut.
import { Frame, numbers } from "./lib/frame";

@unmanaged
class Place { x: u32; y: u32; }

export function place(dst: usize, block: usize): void {
  const f = changetype<Frame>(block), at = changetype<Place>(numbers(block)), stride: usize = f.width * f.size;
  memory.copy(dst, f.first(f.picture), f.height * stride);
  if (at.x >= f.width || at.y >= f.height) return;
  const row: usize = min(f.bWidth, f.width - at.x) * f.size, rows = min(f.bHeight, f.height - at.y);
  let to = dst + at.y * stride + at.x * f.size, src = f.second();
  for (let y: u32 = 0; y < rows; y++, to += stride, src += f.bWidth * f.size) memory.copy(to, src, row);
}
