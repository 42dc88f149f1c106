// The median of a square, edges repeated, in a time that does not depend on its size (Perreault and Hebert): every column keeps
// counts of its 2 r + 1 pixels, and a moving window adds one column and subtracts another. Counts are cumulative, over sixteenths
// of the value range and within each sixteenth, so one comparison finds where half is reached. The window's counts within a
// sixteenth are updated only when the median lies in it.
import { Frame, numbers } from "../lib/frame";
import { BYTES, bins, byte } from "../lib/lanes";
import { Narrow, Wide } from "./lib/counts";

@unmanaged
class Radius { radius: u32; }

/** A strip of columns, narrow enough that its counts stay in the cache. */
@unmanaged
class Strip {
  rows: u32; // rows of the picture
  width: u32;
  r: u32;
  /** First column of the result, and the one after the last. */
  from: u32;
  to: u32;
  /** First column that is counted, and how many are. */
  first: u32;
  columns: u32;
  /** Counts of all columns: by sixteenths, then within each sixteenth. */
  coarse: usize;
  fine: usize;
  /** Entry v, added to cumulative counts, counts a pixel of value v. */
  steps: usize;
  /** The window's counts by sixteenths and within each, and for each sixteenth the column of its last update. */
  window: usize;
  within: usize;
  seen: usize;

}

// Strips of equal width, so that threads finish together. Wide pictures have strips enough for every thread even if those are
// wider, and wider strips count fewer columns twice.
function wide(width: u32, r: u32): u32 {
  const most: u32 = width < 2048 ? 256 : 512, strips = (width + most - 1) / most;
  return max<u32>((width + strips - 1) / strips, 8 * r);
}

export function median(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), r = changetype<Radius>(numbers(block)).radius;
  return r <= 7 ? strips<Narrow>(dst, f, r, scratch) : strips<Wide>(dst, f, r, scratch);
}

export function medianRoom(block: usize): u32 {
  const f = changetype<Frame>(block), r = changetype<Radius>(numbers(block)).radius;
  return 64 + 256 + 17 * 32 + 64 + 17 * 16 * min(f.width, wide(f.width, r) + 2 * r + 1);
}

/** Row by row down a strip, then the next strip. A strip is never divided. */
export function medianUnits(block: usize, phase: u32): u32 {
  const f = changetype<Frame>(block), r = changetype<Radius>(numbers(block)).radius;
  return phase ? 0 : (f.width + wide(f.width, r) - 1) / wide(f.width, r) * f.height;
}
export function medianGrain(block: usize): u32 { return changetype<Frame>(block).height; }

function strips<T>(dst: usize, f: Frame, r: u32, scratch: usize): u32 {
  const s = changetype<Strip>(scratch), strip = f.from / f.height, y = f.from % f.height, src = f.first(f.picture);
  if (!y) open<T>(s, f, r, strip);
  const to = min(y + max<u32>(65536 / (s.to - s.from), 1), f.height);
  for (let i = y; i < to; i++) {
    if (!i) fill(s, src);
    else slide(s, src, i);
    sweep<T>(dst + i * f.width, s);
  }
  const next = strip * f.height + to;
  return to < f.height || s.to < f.width ? next : 0;
}

function open<T>(s: Strip, f: Frame, r: u32, strip: u32): void {
  const size = changetype<T>(0).size();
  s.rows = f.height;
  s.width = f.width;
  s.r = r;
  s.from = strip * wide(f.width, r);
  s.to = min(s.from + wide(f.width, r), f.width);
  s.first = s.from > r ? s.from - r - 1 : 0;
  s.columns = min(s.to + r, f.width) - s.first;
  s.steps = changetype<usize>(s) + 64;
  s.window = s.steps + 256;
  s.within = s.window + size;
  s.seen = s.within + 16 * size;
  s.coarse = s.seen + 64;
  s.fine = s.coarse + s.columns * 16;
  for (let v: u32 = 0; v < 16; v++) for (let i: u32 = 0; i < 16; i++) store<u8>(s.steps + v * 16 + i, i >= v ? 1 : 0);
}

@inline function row(s: Strip, src: usize, y: i32): usize { return src + <u32>min(max(y, 0), <i32>s.rows - 1) * s.width + s.first; }

/** Counts the columns of the first row's windows. */
function fill(s: Strip, src: usize): void {
  memory.fill(s.coarse, 0, s.columns * 17 * 16);
  for (let y = -<i32>s.r; y <= <i32>s.r; y++) {
    const from = row(s, src, y);
    for (let x: u32 = 0; x < s.columns; x++) {
      const v = <u32>load<u8>(from + x);
      count(s.coarse + x * 16, s.steps + (v >> 4) * 16);
      count(s.fine + ((v >> 4) * s.columns + x) * 16, s.steps + (v & 15) * 16);
    }
  }
}

/** Moves the columns down to row y. */
function slide(s: Strip, src: usize, y: i32): void {
  const enter = row(s, src, y + s.r), leave = row(s, src, y - s.r - 1), steps = s.steps, coarse = s.coarse, fine = s.fine, columns = s.columns;
  const each = columns * 16;
  for (let from: u32 = 0; from < columns; from += BYTES) {
    // most masks are black or white in most places, so the entering and the leaving row are often equal
    if (!byte.any(byte.xor(byte.load(enter + from), byte.load(leave + from)))) continue;
    for (let x = from, to = min(from + BYTES, columns); x < to; x++) {
      const v = <u32>load<u8>(enter + x), u = <u32>load<u8>(leave + x);
      if (u == v) continue;
      const at = x * 16, own = coarse + at, come = fine + (v >> 4) * each + at, gone = fine + (u >> 4) * each + at;
      bins.keep(own, bins.shift(bins.open(own), steps + (v & 240), steps + (u & 240)));
      bins.keep(come, bins.add(bins.open(come), steps + (v & 15) * 16));
      bins.keep(gone, bins.sub(bins.open(gone), steps + (u & 15) * 16));
    }
  }
}

@inline function count(at: usize, step: usize): void { bins.keep(at, bins.add(bins.open(at), step)); }

/**
 * One row of medians. Loop constants are kept in locals, because the compiler must assume that any store changes fields. So are
 * the counts of the sixteenth that held the last median.
 */
function sweep<T>(dst: usize, s: Strip): void {
  const t = changetype<T>(0), size: usize = t.size(), r = <i32>s.r, side = 2 * r + 1, half: u32 = (side * side >> 1) + 1;
  const from = <i32>s.from, to = <i32>s.to, first = <i32>s.first, last = <i32>s.width - 1, each = <usize>s.columns * 16;
  const window = s.window, coarse = s.coarse, fine = s.fine, within = s.within, seen = s.seen, end = column(last, first, last);
  memory.fill(window, 0, size);
  let low = bins.open(window), high = bins.open(window + size - 16);
  for (let x = from - r; x <= from + r; x++) {
    low = t.add(low, coarse + column(x, first, last));
    high = t.addHigh(high, coarse + column(x, first, last));
  }
  for (let k: usize = 0; k < 16; k++) store<i32>(seen + k * 4, i32.MIN_VALUE / 2);
  // the columns that enter and leave the window
  let enter = column(from + r, first, last), leave = column(from - r - 1, first, last);
  let own = within, segment = fine, inside = low, above = high;
  for (let x = from, now: usize = 16; ; x++) {
    t.keep(window, low, high);
    const k: usize = t.below(low, high, half), before = k ? t.at(window, <u32>k - 1) : 0;
    if (k == now) {
      inside = t.shift(inside, segment + enter, segment + leave);
      above = t.shiftHigh(above, segment + enter, segment + leave);
    } else {
      if (now < 16) {
        t.keep(own, inside, above);
        store<i32>(seen + now * 4, x - 1);
      }
      now = k;
      own = within + k * size;
      segment = fine + k * each;
      const done = load<i32>(seen + k * 4), anew = x - done > r;
      if (anew) memory.fill(own, 0, size);
      inside = bins.open(own);
      above = bins.open(own + size - 16);
      if (anew) for (let at = x - r; at <= x + r; at++) {
        inside = t.add(inside, segment + column(at, first, last));
        above = t.addHigh(above, segment + column(at, first, last));
      } else for (let at = done + 1; at <= x; at++) {
        const come = segment + column(at + r, first, last), gone = segment + column(at - r - 1, first, last);
        inside = t.shift(inside, come, gone);
        above = t.shiftHigh(above, come, gone);
      }
    }
    store<u8>(dst + x, <u8>(k * 16 + t.below(inside, above, half - before)));
    if (x + 1 == to) break;
    enter = min(enter + 16, end);
    leave = x >= r + 1 ? leave + 16 : leave;
    low = t.shift(low, coarse + enter, coarse + leave);
    high = t.shiftHigh(high, coarse + enter, coarse + leave);
  }
}

@inline function column(x: i32, first: i32, last: i32): usize { return <usize>(min(max(x, 0), last) - first) << 4; }
