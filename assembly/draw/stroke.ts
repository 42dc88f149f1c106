// A brush drawn along points: the nearer to the line between them, the lighter. Where lines cross, the lighter wins.
import { Frame, numbers } from "../lib/frame";

@unmanaged
class Stroke { radius: f32; hardness: f32; }

/** Pixels looked at between two pauses. */
const MOST: f64 = 1000000;

export function stroke(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), s = changetype<Stroke>(numbers(block)), width = <i32>f.width, height = <i32>f.height;
  const points = load<i32>(f.data), radius = <f64>s.radius, soft = radius * (1 - <f64>s.hardness), reach = radius + 1;
  if (!f.from) memory.fill(dst, 0, <usize>width * height);
  let i = <i32>f.from, done: f64 = 0;
  for (; i < max(points - 1, 1) && done < MOST; i++) {
    const at = f.data + 8 + <usize>i * 16, to = points > 1 ? at + 16 : at;
    const ax = load<f64>(at), ay = load<f64>(at + 8), dx = load<f64>(to) - ax, dy = load<f64>(to + 8) - ay, long = dx * dx + dy * dy;
    const left = <i32>bound(min(ax, ax + dx) - reach, width), right = <i32>bound(Math.ceil(max(ax, ax + dx) + reach), width);
    const top = <i32>bound(min(ay, ay + dy) - reach, height), bottom = <i32>bound(Math.ceil(max(ay, ay + dy) + reach), height);
    for (let y = top; y < bottom; y++) {
      const py = <f64>y + 0.5 - ay;
      for (let x = left; x < right; x++) {
        const px = <f64>x + 0.5 - ax, t = long > 0 ? min<f64>(max<f64>((px * dx + py * dy) / long, 0), 1) : 0;
        const ex = px - t * dx, ey = py - t * dy, d = Math.sqrt(ex * ex + ey * ey);
        // an edge one pixel wide where the brush is hard
        const v = <u8>(255 * min<f64>(max<f64>((radius + 0.5 - d) / (soft + 1), 0), 1) + 0.5), place = dst + <usize>y * width + x;
        if (v > load<u8>(place)) store<u8>(place, v);
      }
    }
    done += <f64>(right - left) * <f64>(bottom - top) + 1;
  }
  return i < points - 1 ? <u32>i : 0;
}

@inline function bound(at: f64, side: i32): f64 { return min<f64>(max<f64>(at, 0), <f64>side); }
