// The exact Euclidean distance in pixels to the nearest pixel of the other kind. Each column gives every pixel a height, its
// distance to the nearest above or below; along a row the answer is the lowest of the parabolas that stand on those heights
// (Felzenszwalb and Huttenlocher). Squares are whole numbers; only the root is rounded, as scipy rounds it.
//
// The first phase reads strips of columns and keeps, for both edges of each band of rows, how far the nearest pixel beyond the
// edge is. The second phase computes each band in scratch memory, so only the distances themselves are written to `dst`:
// writing all heights made several threads wait for memory.
import { AboveBytes } from "../lib/above";
import { Frame, numbers } from "../lib/frame";
import { BYTES, Byte, LANES, byte, int } from "../lib/lanes";
import { LONGEST, parabolas } from "./lib/parabolas";
import { FAR, stretches } from "./lib/stretches";

@unmanaged
class Asked { inside: u32; threshold: f32; }

/** The picture's first byte. The frame's size is that of the floats that are made. */
@inline function source(f: Frame): usize { return f.a + <usize>f.picture * f.width * f.height; }

/** Rows of a band. Distances within a band fit into bytes, where 255 means that the band holds no other pixel. */
const BAND: u32 = 16;
const NONE: u32 = 255;

/** Columns of a strip. A strip takes a few milliseconds. */
@inline function strip(height: u32): u32 { return min<u32>(1024, max<u32>(8388608 / height & ~63, 64)); }
@inline function strips(f: Frame): u32 { return (f.width + strip(f.height) - 1) / strip(f.height); }
@inline function bands(f: Frame): u32 { return (f.height + BAND - 1) / BAND; }

/** Bytes reserved for a row of bytes, and for a row of numbers at the edge of a band. Vectors read past the end of both. */
@inline function line(width: u32): usize { return (<usize>width + 127) & ~63; }
@inline function edge(width: u32): usize { return ((<usize>width << 2) + 31) & ~15; }

/** Second phase: a band of bytes, a row of counts, a row of heights and the room of parabolas.ts. First phase: a few rows of a strip. */
export function distanceRoom(block: usize): u32 {
  const f = changetype<Frame>(block);
  return <u32>max(6 * line(strip(f.height)), (BAND + 5) * line(f.width) + 16 * (<usize>f.width + 2) + 512);
}

/** Two rows of numbers for each band: how far the nearest pixel above its upper edge and below its lower edge is. */
export function distanceBetween(block: usize): u32 {
  const f = changetype<Frame>(block);
  return <u32>(2 * bands(f) * edge(f.width));
}

/** The units of work: strips in the first phase, bands in the second. */
export function distanceUnits(block: usize, phase: u32): u32 {
  const f = changetype<Frame>(block);
  return phase == 0 ? strips(f) : phase == 1 ? strips(f) + bands(f) : 0;
}

export function distance(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), asked = changetype<Asked>(numbers(block)), unit = f.from, before = strips(f);
  const limit = byte.splat(changetype<AboveBytes>(0).limit(asked.threshold)), turned = byte.splat(asked.inside ? 255 : 0);
  if (unit < before) columns(f, unit * strip(f.height), limit, turned, scratch);
  else band(dst, f, unit - before, limit, turned, scratch);
  return unit + 1 < f.end(before + bands(f)) ? unit + 1 : 0;
}

/** 255 where the pixel is of the kind whose distances are asked for. */
@inline function kind(at: usize, limit: Byte, turned: Byte): Byte { return byte.xor(byte.le(byte.load(at), limit), turned); }

/** The edges of all bands in the strip that begins at column x. */
function columns(f: Frame, x: u32, limit: Byte, turned: Byte, scratch: usize): void {
  const width: usize = f.width, height = f.height, n = min(strip(height), f.width - x), row = edge(f.width), top = f.between + (<usize>x << 2);
  const counts = scratch, firsts = counts + line(n), run = firsts + line(n), one = byte.splat(1);
  let src = source(f) + x, above = top, y: u32 = 0;
  far(run, n);
  for (; y < height; y += BAND, above += 2 * row) {
    const rows = min(BAND, height - y);
    // counts: rows since the last pixel of the other kind; firsts: rows before the first one
    memory.fill(counts, <u8>NONE, 2 * line(n));
    for (let r: u32 = 0; r < rows; r++, src += width) {
      const at = byte.splat(r);
      for (let i: usize = 0; i < n; i += BYTES) {
        const own = kind(src + i, limit, turned);
        byte.store(counts + i, byte.and(byte.add(byte.load(counts + i), one), own));
        byte.store(firsts + i, byte.min(byte.load(firsts + i), byte.or(own, at)));
      }
    }
    beyond(above, run, counts, n, rows);
    memory.copy(above + row, firsts, n); // kept here until the loop upwards reads it
  }
  far(run, n);
  while (above > top) {
    above -= 2 * row;
    y -= BAND;
    memory.copy(firsts, above + row, n);
    beyond(above + row, run, firsts, n, min(BAND, height - y));
    // lanes beyond the picture's right edge
    if (x + n == width) {
      far(above + (n << 2), 1);
      far(above + row + (n << 2), 1);
    }
  }
}

/** Fills n numbers with FAR. */
function far(at: usize, n: u32): void {
  for (let i: usize = 0; i < n; i += LANES) int.store(at + (i << 2), int.splat(FAR));
}

/** Stores the distances beyond this band's edge, then updates `run` for the next band. */
function beyond(edge: usize, run: usize, within: usize, n: u32, rows: u32): void {
  const all = int.splat(rows);
  for (let i: usize = 0; i < n; i += LANES) {
    const own = int.bytes(within + i), before = int.load(run + (i << 2)), none = int.eq(own, int.splat(NONE));
    int.store(edge + (i << 2), before);
    int.store(run + (i << 2), int.select(none, int.add(before, all), own));
  }
}

/** The distances of one band of rows. */
function band(dst: usize, f: Frame, index: u32, limit: Byte, turned: Byte, scratch: usize): void {
  const width = f.width, row = line(width), y = index * BAND, rows = min(BAND, f.height - y), one = byte.splat(1), zero = byte.splat(0);
  const counts = scratch + BAND * row, heights = counts + row, spare = heights + 4 * row;
  const above = f.between + 2 * index * edge(width), below = above + edge(width);
  const plain = LANES == 1 || max(width, f.height) > LONGEST;
  // upwards, from the last row to the first
  memory.fill(counts, <u8>NONE, row);
  for (let r = rows, last = counts, src = source(f) + <usize>(y + rows) * width; r; ) {
    const own = scratch + --r * row;
    src -= width;
    for (let i: usize = 0; i < width; i += BYTES) byte.store(own + i, byte.and(byte.add(byte.load(last + i), one), kind(src + i, limit, turned)));
    last = own;
  }
  // the first and the last column that hold a pixel of the other kind
  let first: u32 = 0, last = width - 1;
  while (first < width && empty(scratch, above, below, first)) first++;
  while (last > first && empty(scratch, above, below, last)) last--;
  dst += <usize>y * width << 2;
  for (let r: u32 = 0; r < rows; r++, dst += <usize>width << 2) {
    const near = scratch + r * row;
    for (let i: usize = 0; i < width; i += BYTES) {
      const up = byte.load(near + i), down = byte.sub(byte.add(byte.load(counts + i), one), byte.eq(up, zero));
      byte.store(counts + i, down);
      byte.store(near + i, byte.min(up, down));
    }
    const up = int.splat(r + 1), down = int.splat(rows - r);
    for (let i: usize = 0; i < width; i += LANES) {
      const own = int.bytes(near + i), within = int.or(own, int.and(int.eq(own, int.splat(NONE)), int.splat(FAR)));
      const outside = int.min(int.add(int.load(above + (i << 2)), up), int.add(int.load(below + (i << 2)), down));
      int.store(heights + (i << 2), int.min(int.min(within, outside), int.splat(FAR)));
    }
    if (plain) stretches(dst, heights, width, y + r, spare);
    else parabolas(dst, heights, near, width, y + r, first, last, spare);
  }
}

/** Whether a column holds no pixel of the other kind. */
@inline function empty(own: usize, above: usize, below: usize, x: u32): bool {
  return load<u8>(own + x) == NONE && load<i32>(above + (x << 2)) >= FAR && load<i32>(below + (x << 2)) >= FAR;
}
