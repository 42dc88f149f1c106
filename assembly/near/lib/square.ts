// The greatest value in a square: along each row in windows that grow by up to four times a pass, then down the rows by a sweep.
import { Frame, slice } from "../../lib/frame";
import { Sweep, greater, rows } from "./sweep";

/** Bytes of a row with its margins, rounded up to whole steps of every loop. */
export function span(width: u32, aside: u32, size: u32): u32 { return ((width + 2 * aside) * size + 127) & ~63; }

/** A float, so that a size beyond 32 bits is refused and does not wrap. */
export function squareRoom(width: u32, height: u32, reach: u32, size: u32): f64 {
  const x = min(reach, width - 1), y = min(reach, height - 1), row: f64 = <f64>width * size + 127;
  return 192 + 2 * <f64>x * size + row * (2 + <f64>rows(2 * y + 1));
}

/** A slice of rows from f.from on; returns the next row, or 0. State between slices is in the scratch. */
export function square<T>(dst: usize, src: usize, f: Frame, reach: u32, sign: i32, scratch: usize): u32 {
  const width = f.width, height = f.height;
  const size = changetype<T>(0).size(), x = min(reach, width - 1), y = min(reach, height - 1), row = width * size, aside = x * size;
  const sweep = changetype<Sweep>(scratch), wide = span(width, x, size), stride = span(width, 0, size), line = scratch + 64, spare = line + wide;
  const last = f.end(height), to = min(f.from + slice(width), last), end = dst + last * row;
  // start with the rows above that the first windows read
  let i = f.from + y;
  if (f.opens()) {
    sweep.open(spare + stride, stride, 2 * y + 1, 0);
    i = f.from > y ? f.from - y : 0;
  }
  for (; i < to + y; i++) {
    const own = sweep.row();
    if (i < height) {
      clear<T>(line, aside);
      enter<T>(line + aside, src + i * row, row, sign);
      clear<T>(line + aside + row, wide - aside - row);
      along<T>(own, stride, line, wide, 2 * x + 1);
    } else clear<T>(own, stride);
    // a step may write past the row, which the next row then overwrites; the last row has none after it
    const wanted = i >= f.from + y, place = dst + (i - y) * row, fits = wanted && place + stride <= end;
    sweep.push<T>(fits ? place : spare, sign);
    if (wanted && !fits) memory.copy(place, spare, row);
  }
  return to < last ? to : 0;
}

/** Each value becomes the greatest of itself and the `window - 1` values after it. A pass widens a window of w to at most 4 w. */
function along<T>(dst: usize, stride: u32, line: usize, wide: u32, window: u32): void {
  const t = changetype<T>(0), size = t.size(), s: usize = t.step();
  if (window == 1) memory.copy(dst, line, stride);
  for (let w: u32 = 1, next: u32 = 1; w < window; w = next) {
    next = min(4 * w, window);
    const most = window - w, a = min(w, most) * size, b = min(2 * w, most) * size, c = min(3 * w, most) * size;
    const to = next < window ? line : dst, length = next < window ? wide : stride;
    if (a == c) greater<T>(to, line, line + a, length);
    else for (let at = line, end = line + length, out = to; at < end; at += 2 * s, out += 2 * s) {
      const p = t.max(t.max(t.load(at), t.load(at + a)), t.max(t.load(at + b), t.load(at + c)));
      const q = t.max(t.max(t.load(at + s), t.load(at + a + s)), t.max(t.load(at + b + s), t.load(at + c + s)));
      t.store(out, p);
      t.store(out + s, q);
    }
  }
}

export function clear<T>(at: usize, length: usize): void {
  const t = changetype<T>(0);
  for (const end = at + length; at < end; at += t.step()) t.store(at, t.lowest());
}

export function enter<T>(dst: usize, src: usize, length: usize, sign: i32): void {
  const t = changetype<T>(0), flip = t.flip(sign);
  for (const end = dst + length; dst < end; dst += t.step(), src += t.step()) t.store(dst, t.enter(t.load(src), flip));
}
