// The greatest value in a square: along the row by fours, then down the rows by a sweep.
import { slice } from "./frame";
import { Sweep } from "./sweep";

/** Bytes of a row together with what a square reaches on both sides. */
export function span(width: u32, aside: u32, size: u32): u32 { return ((width + 2 * aside) * size + 79) & ~15; }

/** A float, because what does not fit 32 bits must be refused, not wrap. */
export function squareRoom(width: u32, height: u32, reach: u32, size: u32): f64 {
  const x = min(reach, width - 1), y = min(reach, height - 1), row: f64 = <f64>width * size + 79, wide: f64 = row + 2 * <f64>x * size;
  return 192 + 4 * wide + 2 * <f64>x * size + row * (2 * <f64>y + 4);
}

/** The steps from `from` on, one a row; gives the step to go on with, or 0. What is between two slices is in the scratch. */
export function square<T>(dst: usize, src: usize, width: u32, height: u32, reach: u32, sign: i32, scratch: usize, from: u32): u32 {
  const t = changetype<T>(0), size = t.size(), x = min(reach, width - 1), y = min(reach, height - 1), row = width * size;
  const sweep = changetype<Sweep>(scratch), wide = span(width, x, size), line = scratch + 64, none = line + wide, spare = none + wide;
  if (!from) {
    sweep.open(spare + wide, span(width, 0, size), 2 * y + 1, 0);
    clear<T>(none, wide);
  }
  const to = min(from + slice(width), height + y);
  for (let i = from; i < to; i++) {
    const here = i < height;
    if (here) {
      clear<T>(line, x * size);
      turn<T>(line + x * size, src + i * row, row, sign);
      clear<T>(line + x * size + row, wide - x * size - row);
      along<T>(line, wide, 2 * x + 1);
    }
    sweep.push<T>(spare, here ? line : none, sign);
    if (i >= y) memory.copy(dst + (i - y) * row, spare, row); // exactly a row: the next may still be a source
  }
  return to < height + y ? to : 0;
}

/** Each value becomes the greatest of itself and the `window - 1` behind it; windows of w make one of up to 4 w. */
function along<T>(line: usize, length: u32, window: u32): void {
  const t = changetype<T>(0), size = t.size(), end = line + length;
  for (let w: u32 = 1; w < window; w = min(4 * w, window)) {
    const most = window - w, a = min(w, most) * size, b = min(2 * w, most) * size, c = min(3 * w, most) * size;
    if (a == c) for (let at = line; at < end; at += t.step()) t.store(at, t.max(t.load(at), t.load(at + a)));
    else for (let at = line; at < end; at += t.step()) t.store(at, t.max(t.max(t.load(at), t.load(at + a)), t.max(t.load(at + b), t.load(at + c))));
  }
}

export function clear<T>(at: usize, length: usize): void {
  const t = changetype<T>(0);
  for (const end = at + length; at < end; at += t.step()) t.store(at, t.lowest());
}

export function turn<T>(dst: usize, src: usize, length: usize, sign: i32): void {
  const t = changetype<T>(0);
  for (const end = dst + length; dst < end; dst += t.step(), src += t.step()) t.store(dst, t.turn(t.load(src), sign));
}
