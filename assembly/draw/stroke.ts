// A brush drawn along points: pixels are lighter the nearer they are to the line. Where lines cross, the lighter value wins.
import { Frame, numbers } from "../lib/frame";

@unmanaged
class Stroke { radius: f32; hardness: f32; }

/** How many pixels are examined between two pauses. */
const MOST: f64 = 262144;

/** Where a slice ended: the line, and a row within it, or -1 before its first row. */
@unmanaged
class Place { line: i32; row: i32; }

export function strokeRoom(block: usize): u32 { return 64; }

export function stroke(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), s = changetype<Stroke>(numbers(block)), width = <i32>f.width, height = <i32>f.height;
  const points = load<i32>(f.data), radius = <f64>s.radius, soft = radius * (1 - <f64>s.hardness), reach = radius + 1;
  const place = changetype<Place>(scratch);
  if (!f.from) {
    memory.fill(dst, 0, <usize>width * height);
    place.line = 0;
    place.row = -1;
  }
  let done: f64 = 0;
  for (; place.line < max(points - 1, 1); place.line++, place.row = -1) {
    const at = f.data + 8 + <usize>place.line * 16, to = points > 1 ? at + 16 : at;
    const ax = load<f64>(at), ay = load<f64>(at + 8), dx = load<f64>(to) - ax, dy = load<f64>(to + 8) - ay, long = dx * dx + dy * dy;
    const left = bound(min(ax, ax + dx) - reach, width), right = bound(Math.ceil(max(ax, ax + dx) + reach), width);
    const top = <i32>bound(min(ay, ay + dy) - reach, height), bottom = <i32>bound(Math.ceil(max(ay, ay + dy) + reach), height);
    // only one stretch of each row is within reach of a slanting line
    const aside = dy != 0 ? reach * Math.sqrt(long) / Math.abs(dy) : Infinity, lean = dy != 0 ? dx / dy : 0;
    for (let y = max(place.row, top); y < bottom; y++) {
      if (done > MOST) {
        place.row = y;
        return 1;
      }
      const py = <f64>y + 0.5 - ay, middle = ax + py * lean;
      const first = <i32>max<f64>(left, bound(middle - aside - 1, width)), last = <i32>min<f64>(right, bound(middle + aside + 1, width));
      for (let x = first; x < last; x++) {
        const px = <f64>x + 0.5 - ax, t = long > 0 ? min<f64>(max<f64>((px * dx + py * dy) / long, 0), 1) : 0;
        const ex = px - t * dx, ey = py - t * dy, d = Math.sqrt(ex * ex + ey * ey);
        // a hard brush has an edge one pixel wide
        const v = <u8>(255 * min<f64>(max<f64>((radius + 0.5 - d) / (soft + 1), 0), 1) + 0.5), pixel = dst + <usize>y * width + x;
        if (v > load<u8>(pixel)) store<u8>(pixel, v);
      }
      done += <f64>max(last - first, 0) + 1;
    }
    done++;
  }
  return 0;
}

@inline function bound(at: f64, side: i32): f64 { return min<f64>(max<f64>(at, 0), <f64>side); }
