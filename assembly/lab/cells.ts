// Builds the cells that the Lab kernels read, 32 * 32 * 32 of 16 bytes, from a component's 33 * 33 * 33 u16 nodes, blue fastest.
import { place } from "../space/lab";

export function cells(dst: usize, nodes: usize): void {
  for (let r: u32 = 0; r < 32; r++) for (let g: u32 = 0; g < 32; g++) for (let b: u32 = 0; b < 32; b++) {
    const cell = dst + place(r << 3 | g << 11 | b << 19), first = node(nodes, r, g, b);
    store<i16>(cell, <i16>(first - 32768));
    for (let k: u32 = 1; k < 8; k++) store<i16>(cell + (k << 1), <i16>(node(nodes, r + (k & 1), g + (k >> 1 & 1), b + (k >> 2)) - first));
  }
}

@inline function node(nodes: usize, r: u32, g: u32, b: u32): i32 { return load<u16>(nodes + (((r * 33 + g) * 33 + b) << 1)); }
