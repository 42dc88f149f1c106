// Adds a border of one value. `data` holds that value's bits as one element of the picture.
import { Frame, numbers, slice } from "../lib/frame";

@unmanaged
class Pad { left: u32; top: u32; right: u32; bottom: u32; }

export function pad(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), p = changetype<Pad>(numbers(block)), row: usize = f.width * f.size;
  const value = load<u32>(f.data), bytes = load<u32>(f.data + 4) == 1, to = min(f.from + slice(f.width), f.height);
  const left: usize = p.left * f.size, inner: usize = f.aWidth * f.size;
  for (let y = f.from; y < to; y++) {
    const at = dst + y * row;
    if (y < p.top || y >= p.top + f.aHeight) { fill(at, row, value, bytes); continue; }
    fill(at, left, value, bytes);
    memory.copy(at + left, f.first(f.picture) + (y - p.top) * inner, inner);
    fill(at + left + inner, row - left - inner, value, bytes);
  }
  return to < f.height ? to : 0;
}

function fill(at: usize, length: usize, value: u32, bytes: bool): void {
  if (bytes) memory.fill(at, <u8>value, length);
  else for (const end = at + length; at < end; at += 4) store<u32>(at, value);
}
