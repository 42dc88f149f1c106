// Moves a picture by x, y. What leaves on one side enters on the other, or is lost and replaced by 0.
import { Frame, numbers, slice } from "../lib/frame";

@unmanaged
class Offset { x: i32; y: i32; wrap: u32; }

export function offset(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), o = changetype<Offset>(numbers(block)), row: usize = f.width * f.size;
  const width = <i32>f.width, height = <i32>f.height, src = f.first(f.picture), to = min(f.from + slice(f.width), f.height);
  const out = !o.wrap && (abs(o.x) >= width || abs(o.y) >= height);
  const x = ((o.x % width) + width) % width, y = ((o.y % height) + height) % height, size: usize = f.size;
  for (let i = f.from; i < to; i++) {
    const at = dst + i * row, j = <i32>i - y, from = src + <usize>(j < 0 ? j + height : j) * row;
    const lost = out || (!o.wrap && (o.y < 0 ? <i32>i >= height + o.y : <i32>i < o.y));
    const head: usize = <usize>x * size, tail: usize = row - head;
    if (lost) { memory.fill(at, 0, row); continue; }
    memory.copy(at + head, from, tail);
    memory.copy(at, from + tail, head);
    if (o.wrap || !x) continue;
    if (o.x > 0) memory.fill(at, 0, head);
    else memory.fill(at + head, 0, tail);
  }
  return to < f.height ? to : 0;
}
