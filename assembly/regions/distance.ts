// Exact Euclidean distance in pixels to the nearest pixel of the other kind, dark or light. Phase 1 finds the distance within
// each column and leaves it in `dst`, strip by strip of columns. Phase 2 takes, row by row, the lower envelope of the parabolas
// that stand on those distances (Felzenszwalb and Huttenlocher; the test that drops a parabola needs no division, after
// Maurer). Squares are whole numbers. Only the root is rounded, as scipy rounds it.
import { Frame, numbers } from "../lib/frame";
import { AboveBytes } from "../lib/above";
import { int } from "../lib/lanes";

@unmanaged
class Asked { inside: u32; threshold: f32; }

/** More than any column is long: the column has no pixel of the other kind. */
const FAR: i32 = 1 << 30;

/** Columns of a strip. Two rows of it fit the first-level cache. */
const STRIP: u32 = 192;

/** Scratch: a row of column distances, and a stack of parabolas, each position and squared height as f64. */
export function distanceRoom(block: usize): u32 {
  const width = changetype<Frame>(block).width + 128;
  return 8 * width + 24 * (width + 2);
}

@inline function strips(f: Frame): u32 { return (f.width + STRIP - 1) / STRIP; }

/** First the strips of columns, then the rows. */
export function distanceUnits(block: usize, phase: u32): u32 {
  const f = changetype<Frame>(block);
  return phase == 0 ? strips(f) : phase == 1 ? strips(f) + f.height : 0;
}

export function distance(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), asked = changetype<Asked>(numbers(block)), width = f.width, height = f.height;
  const before = strips(f), end = f.end(before + height);
  let unit = f.from;
  if (unit < before) {
    const x = unit * STRIP, src = f.a + <usize>f.picture * width * height + x;
    const limit = changetype<AboveBytes>(0).limit(asked.threshold), turned: u32 = asked.inside ? 0 : -1;
    columns(dst + (<usize>x << 2), src, width, height, min(STRIP, width - x), limit, turned);
    unit++;
  } else for (let left: i32 = 65536; left > 0 && unit < end; left -= width, unit++) {
    const y = unit - before, at = dst + (<usize>y * width << 2);
    memory.copy(scratch, at, width << 2);
    across(at, scratch, width, y, scratch + 8 * (<usize>width + 128));
  }
  return unit < end ? unit : 0;
}

/** The distance to the nearest pixel of the other kind above or below, for n columns; 0 on such a pixel itself. */
function columns(dst: usize, src: usize, width: u32, height: u32, n: u32, limit: u32, turned: u32): void {
  const row = <usize>width << 2;
  let at = dst;
  for (let y: u32 = 0; y < height; y++, at += row, src += width) {
    for (let x: usize = 0; x < n; x++) {
      const own = (load<u8>(src + x) > limit ? -1 : 0) ^ turned;
      store<i32>(at + (x << 2), own & ((y ? load<i32>(at - row + (x << 2)) : FAR) + 1));
    }
  }
  for (at -= 2 * row; at + row > dst; at -= row) {
    for (let x: usize = 0; x < n; x++) {
      store<i32>(at + (x << 2), min(load<i32>(at + (x << 2)), load<i32>(at + row + (x << 2)) + 1));
    }
  }
}

/** The distances of a row, one stretch of the measured kind at a time. */
function across(dst: usize, heights: usize, width: u32, y: u32, stack: usize): void {
  for (let x: u32 = 0; x < width;) {
    if (!load<i32>(heights + (x << 2))) {
      store<f32>(dst + (x << 2), 0);
      x++;
      continue;
    }
    let to = x + 1;
    while (to < width && load<i32>(heights + (to << 2))) to++;
    stretch(dst, heights, x, to, width, y, stack);
    x = to;
  }
}

// A parabola: its position and its squared height, f64. All computed here is exact in f64 for sides up to 2 ** 17.
const ONE: usize = 16;
@inline function place(one: usize): f64 { return load<f64>(one); }
@inline function square(one: usize): f64 { return load<f64>(one, 8); }

/** Pixels `from` to `to` of a row. They are bounded by pixels of the other kind or by the edge of the picture. */
function stretch(dst: usize, heights: usize, from: u32, to: u32, width: u32, y: u32, stack: usize): void {
  let top = stack - ONE;
  if (from) top = push(top, stack, <f64>from - 1, 0);
  for (let x = from; x < to; x++) {
    const height = load<i32>(heights + (x << 2));
    if (height < FAR) top = push(top, stack, <f64>x, <f64>height * <f64>height);
  }
  if (to < width) top = push(top, stack, <f64>to, 0);
  if (top < stack) {
    // no pixel of the other kind in the whole picture: scipy measures to the pixel above the first one
    top = push(top, stack, 0, <f64>(y + 1) * <f64>(y + 1));
  }
  let one = stack;
  for (let x = from; x < to; x++) {
    let best = at(one, x);
    while (one < top) {
      const next = at(one + ONE, x);
      if (next > best) break;
      best = next;
      one += ONE;
    }
    store<f32>(dst + (x << 2), <f32>Math.sqrt(best));
  }
}

@inline function at(one: usize, x: u32): f64 { const d = <f64>x - place(one); return d * d + square(one); }

/** Adds a parabola and drops those that are nowhere lowest; returns the top of the stack. Positions must increase. */
@inline function push(top: usize, stack: usize, x: f64, squared: f64): usize {
  for (; top > stack; top -= ONE) {
    // the middle one of three is nowhere lowest if it meets the third left of where it meets the first
    const a = top - ONE, u = place(a), v = place(top), p = square(a), q = square(top);
    if ((x - v) * (q - p + (v - u) * (v + u)) < (v - u) * (squared - q + (x - v) * (x + v))) break;
  }
  top += ONE;
  store<f64>(top, x);
  store<f64>(top, squared, 8);
  return top;
}
