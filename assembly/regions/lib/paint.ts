// Fills a run of pixels with one value, with plain stores because most runs are short.
import { fill } from "../../colors/lib/fill";

@inline export function paint(dst: usize, from: u32, to: u32, size: u32, four: u32): void {
  fill(dst + <usize>from * size, dst + <usize>to * size, four);
}
