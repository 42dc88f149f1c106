// A picture over another by its alpha: bytes as in Pillow's paste, floats as m * s + (1 - m) * d. If the picture below has alpha,
// the two alphas are combined.
import { Frame, numbers, slice } from "../lib/frame";

@unmanaged
class Lay { x: i32; y: i32; }

export function lay(dst: usize, block: usize): u32 { return laid(dst, block, false); }
export function layFloat(dst: usize, block: usize): u32 { return laid(dst, block, true); }

@inline
function laid(dst: usize, block: usize, float: bool): u32 {
  const f = changetype<Frame>(block), c = changetype<Lay>(numbers(block)), row: usize = f.width * f.size, width = <i32>f.width;
  const shift: usize = float ? 2 : 0, channels: usize = f.size >> <u32>shift, to = min(f.from + slice(f.width), f.height);
  const patch: usize = <usize>f.b + <usize>(f.bBatch > 1 ? f.picture : 0) * f.bWidth * f.bHeight * (<usize>4 << shift);
  const left = max(c.x, 0), right = min(c.x + <i32>f.bWidth, width);
  for (let y = <i32>f.from; y < <i32>to; y++) {
    const at = dst + <usize>y * row, v = y - c.y;
    memory.copy(at, f.first(f.picture) + <usize>y * row, row);
    if (v < 0 || v >= <i32>f.bHeight) continue;
    for (let x = left; x < right; x++) {
      const d = at + <usize>x * f.size, s = patch + ((<usize>v * f.bWidth + <usize>(x - c.x)) << (2 + shift));
      for (let k: usize = 0; k < channels; k++) {
        if (float) {
          const m = load<f32>(s + 12), own = load<f32>(d + (k << 2)), over = k < 3 ? load<f32>(s + (k << 2)) : 1;
          store<f32>(d + (k << 2), m * over + (1 - m) * own);
        } else {
          const m = <u32>load<u8>(s + 3), own = <u32>load<u8>(d + k), over = k < 3 ? <u32>load<u8>(s + k) : 255;
          const t = own * (255 - m) + over * m + 128;
          store<u8>(d + k, <u8>(((t >> 8) + t) >> 8));
        }
      }
    }
  }
  return to < f.height ? to : 0;
}
