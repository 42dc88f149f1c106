// Euclidean distance in pixels to the nearest pixel of the other kind, exact: down and up the columns how far the nearest is, then
// along each row the lower envelope of the parabolas that stand on those (Felzenszwalb and Huttenlocher; which of three is never
// lowest is told without a division, after Maurer). Squares are whole numbers; only the root is rounded, as scipy rounds it.
//
// The first phase leaves the heights in `dst`, strip by strip of columns; the second makes distances of them, row by row.
import { Frame, numbers } from "../lib/frame";
import { AboveBytes } from "../lib/above";
import { int } from "../lib/lanes";

@unmanaged
class Asked { inside: u32; threshold: f32; }

/** More than any column is long: nothing of the other kind is in it. */
const FAR: i32 = 1 << 30;

/** Columns of a strip, of which two rows stay in the nearest cache. */
const STRIP: u32 = 192;

/** A row of heights, and a stack of parabolas: place, square of the height, both f64. */
export function distanceRoom(block: usize): u32 {
  const width = changetype<Frame>(block).width + 128;
  return 8 * width + 24 * (width + 2);
}

@inline function strips(f: Frame): u32 { return (f.width + STRIP - 1) / STRIP; }

/** First strips of columns, then rows. */
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

/** How far above or below the nearest of the other kind is, of n columns: 0 on the other kind itself. */
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

/** The distances of a row, stretch by stretch of the kind that is measured. */
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

// A parabola: its place and the square of its height, as f64, in which all that is computed here is exact for sides up to 2 ** 17.
const ONE: usize = 16;
@inline function place(one: usize): f64 { return load<f64>(one); }
@inline function square(one: usize): f64 { return load<f64>(one, 8); }

/** Pixels `from` to `to` of a row: the other kind lies just outside, or the edge of the picture. */
function stretch(dst: usize, heights: usize, from: u32, to: u32, width: u32, y: u32, stack: usize): void {
  let top = stack - ONE;
  if (from) top = push(top, stack, <f64>from - 1, 0);
  for (let x = from; x < to; x++) {
    const height = load<i32>(heights + (x << 2));
    if (height < FAR) top = push(top, stack, <f64>x, <f64>height * <f64>height);
  }
  if (to < width) top = push(top, stack, <f64>to, 0);
  if (top < stack) {
    // no pixel of the other kind at all: scipy measures to the pixel above the first
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

/** Parabolas that can be lowest somewhere, from left to right; gives the top. */
@inline function push(top: usize, stack: usize, x: f64, squared: f64): usize {
  for (; top > stack; top -= ONE) {
    // of three, the middle one is never alone the lowest if it meets the third before it meets the first
    const a = top - ONE, u = place(a), v = place(top), p = square(a), q = square(top);
    if ((x - v) * (q - p + (v - u) * (v + u)) < (v - u) * (squared - q + (x - v) * (x + v))) break;
  }
  top += ONE;
  store<f64>(top, x);
  store<f64>(top, squared, 8);
  return top;
}
