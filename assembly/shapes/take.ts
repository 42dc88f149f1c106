// Picture `from` of a batch and those after it; beyond the end the last again, or round to the first.
import { Frame, numbers, slice } from "../lib/frame";

@unmanaged
class Take { from: u32; count: u32; cycle: u32; }

export function take(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), t = changetype<Take>(numbers(block)), index = t.from + f.picture;
  const to = min(f.from + slice(f.width), f.height), row: usize = f.width * f.size, done = f.from * row;
  const src = f.first(t.cycle ? index % f.aBatch : min(index, f.aBatch - 1));
  memory.copy(dst + done, src + done, (to - f.from) * row);
  return to < f.height ? to : 0;
}
