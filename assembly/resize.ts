// Another size, bilinear with half-pixel centres and no antialiasing, as torch's interpolate does it.
import { Frame, slice } from "./lib/frame";

export function resize(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), src = f.first(f.picture), stride: usize = f.aWidth << 2;
  const sx = <f32>f.aWidth / <f32>f.width, sy = <f32>f.aHeight / <f32>f.height;
  const to = min(f.from + slice(f.width), f.height);
  dst += f.from * (f.width << 2);
  for (let y = f.from; y < to; y++) {
    const v = centre(y, sy), y0 = <u32>v, wy = v - <f32>y0;
    const up = src + y0 * stride, down = src + min(y0 + 1, f.aHeight - 1) * stride;
    for (let x: u32 = 0; x < f.width; x++, dst += 4) {
      const u = centre(x, sx), x0 = <u32>u, wx = u - <f32>x0, l: usize = x0 << 2, r: usize = min(x0 + 1, f.aWidth - 1) << 2;
      const over = load<f32>(up + l) * (1 - wx) + load<f32>(up + r) * wx;
      const under = load<f32>(down + l) * (1 - wx) + load<f32>(down + r) * wx;
      store<f32>(dst, over * (1 - wy) + under * wy);
    }
  }
  return to < f.height ? to : 0;
}

@inline function centre(at: u32, scale: f32): f32 { return max<f32>((<f32>at + 0.5) * scale - 0.5, 0); }
