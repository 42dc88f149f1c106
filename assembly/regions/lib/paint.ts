// One value in a run of pixels: byte by byte where it is short, since most are.
import { fill } from "../../colors/lib/fill";

@inline export function paint(dst: usize, from: u32, to: u32, size: u32, four: u32): void {
  fill(dst + <usize>from * size, dst + <usize>to * size, four);
}
