// Pictures of a batch from `from` on. Beyond the end the last one repeats, or the batch starts over.
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
