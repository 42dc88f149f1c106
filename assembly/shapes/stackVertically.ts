// The pictures of a batch one below another, which is how they lie in memory.
import { Frame, slice } from "../lib/frame";

export function stackVertically(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), to = min(f.from + slice(f.width), f.height), row: usize = f.width * f.size;
  const done = f.from * row;
  memory.copy(dst + done, f.first(0) + done, (to - f.from) * row);
  return to < f.height ? to : 0;
}
