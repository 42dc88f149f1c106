// Fills a picture with one value.
import { Frame, numbers, slice } from "../lib/frame";

@unmanaged
class Solid { value: f32; }

export function solid(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), value = changetype<Solid>(numbers(block)).value, row: usize = f.width << 2;
  const to = min(f.from + slice(f.width), f.height), end = dst + to * row;
  for (let at = dst + f.from * row; at < end; at += 4) store<f32>(at, value);
  return to < f.height ? to : 0;
}
