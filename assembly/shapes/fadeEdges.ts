// FeatherMask: multiplies columns and rows near each edge by float32((i + 1) / n), in the order left, right, top, bottom
// (recorded calls 453 and 454).
import { Frame, numbers, slice } from "../lib/frame";

@unmanaged
class Edges { left: u32; top: u32; right: u32; bottom: u32; }

export function fadeEdges(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), e = changetype<Edges>(numbers(block)), width = f.width, height = f.height;
  const left = min(e.left, width), top = min(e.top, height), right = min(e.right, width), bottom = min(e.bottom, height);
  const row: usize = width << 2;
  const to = min(f.from + slice(width), height);
  dst += f.from * row;
  memory.copy(dst, f.first(f.picture) + f.from * row, (to - f.from) * row);
  for (let y = f.from; y < to; y++, dst += row) {
    for (let i: u32 = 0; i < left; i++) fade(dst, i, i, left);
    for (let i: u32 = 0; i < right; i++) fade(dst, width - 1 - i, i, right);
    if (y < top) for (let x: u32 = 0; x < width; x++) fade(dst, x, y, top);
    const i = height - 1 - y;
    if (i < bottom) for (let x: u32 = 0; x < width; x++) fade(dst, x, i, bottom);
  }
  return to < height ? to : 0;
}

@inline function fade(row: usize, x: u32, i: u32, n: u32): void {
  const at = row + (x << 2);
  store<f32>(at, load<f32>(at) * (<f32>(i + 1) / <f32>n));
}
