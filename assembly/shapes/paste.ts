// Pastes a mask over another at x, y. What reaches beyond the right or lower edge is cut.
import { Frame, numbers, slice } from "../lib/frame";

@unmanaged
class Place { x: u32; y: u32; }

export function paste(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), at = changetype<Place>(numbers(block)), stride: usize = f.width * f.size;
  const to = min(f.from + slice(f.width), f.height), across = at.x < f.width ? min(f.bWidth, f.width - at.x) : 0;
  const row: usize = across * f.size, floor = f.first(f.picture), patch = f.second();
  for (let y = f.from; y < to; y++) {
    const out = dst + y * stride;
    memory.copy(out, floor + y * stride, stride);
    if (y >= at.y && y - at.y < f.bHeight) memory.copy(out + at.x * f.size, patch + (y - at.y) * f.bWidth * f.size, row);
  }
  return to < f.height ? to : 0;
}
