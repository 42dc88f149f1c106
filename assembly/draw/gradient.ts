// A gradient from black to white, along a line or outwards from a point, by the position of each pixel's centre.
import { Frame, slice } from "../lib/frame";

/** Data: 0 linear or 1 radial, then the two points as f64. */
export function gradient(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), radial = load<i32>(f.data) == 1;
  const x0 = load<f64>(f.data + 8), y0 = load<f64>(f.data + 16), dx = load<f64>(f.data + 24) - x0, dy = load<f64>(f.data + 32) - y0;
  const long = dx * dx + dy * dy, to = min(f.from + slice(f.width), f.height);
  let at = dst + <usize>f.from * f.width * 4;
  for (let y = f.from; y < to; y++) {
    const py = <f64>y + 0.5 - y0;
    for (let x: u32 = 0; x < f.width; x++, at += 4) {
      const px = <f64>x + 0.5 - x0, t = radial ? Math.sqrt((px * px + py * py) / long) : (px * dx + py * dy) / long;
      store<f32>(at, <f32>min<f64>(max<f64>(t, 0), 1));
    }
  }
  return to < f.height ? to : 0;
}
