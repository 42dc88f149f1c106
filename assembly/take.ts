// Picture `from` of a batch and those after it; beyond the end the last again, or round to the first.
import { Frame, numbers } from "./lib/frame";

@unmanaged
class Take { from: u32; count: u32; cycle: u32; }

export function take(dst: usize, block: usize): void {
  const f = changetype<Frame>(block), t = changetype<Take>(numbers(block)), index = t.from + f.picture;
  memory.copy(dst, f.first(t.cycle ? index % f.aBatch : min(index, f.aBatch - 1)), f.width * f.height * f.size);
}
