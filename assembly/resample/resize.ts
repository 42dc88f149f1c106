// Pillow's resize: rows first, then columns, rounded to bytes in between. An axis that keeps its size is skipped. The table has
// the weights in 2^22ths. Each sum is rounded and clamped to a byte.
import { Frame } from "../lib/frame";
import { BYTES, Int, byte, int } from "../lib/lanes";
import { enterRows, leaveRows } from "../lib/tile";

/** For each axis the words of one position. The positions of the columns follow, then those of the rows. */
@unmanaged
class Table {
  across: u32;
  down: u32;
  @inline column(x: u32): Place { return changetype<Place>(changetype<usize>(this) + 8 + x * this.across * 4); }
  @inline row(width: u32, y: u32): Place { return changetype<Place>(changetype<usize>(this) + 8 + (width * this.across + y * this.down) * 4); }
}

/** Where the inputs of an output position begin, and how many there are. Their weights follow in pairs. */
@unmanaged
class Place { first: u32; count: u32; }

export function resize(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), t = changetype<Table>(<usize>f.data);
  const row = f.width * f.size, across = tiles(f, t), units = f.end(all(f, t));
  // rows go straight to the result if the columns keep their size
  const between = t.down ? <usize>f.between : dst, tile = scratch;
  const work = max(t.across * f.width, f.aWidth) * f.size * BYTES, to = min(f.from + max<u32>(2097152 / work, 1), min(across, units));
  if (f.from < across) {
    for (let i = f.from; i < to; i++) columns(between, f, t, i * BYTES, tile);
    return to < units ? to : 0;
  }
  if (!t.down) {
    if (!across) memory.copy(dst, f.first(f.picture), row * f.height);
    return 0;
  }
  const last = min(f.from + max<u32>(2097152 / (t.down * row), 1), units), src = across ? between : f.first(f.picture);
  for (let i = f.from; i < last; i++) {
    const y = i - across, place = t.row(f.width, y), from = src + place.first * row, at = dst + y * row;
    let x: u32 = 0;
    for (; x + BYTES <= row; x += BYTES) sum(at + x, from + x, row, place);
    if (x < row) {
      sum(tile, from + x, row, place);
      memory.copy(at + x, tile, row - x);
    }
  }
  return last < units ? last : 0;
}

export function resizeRoom(block: usize): u32 {
  const f = changetype<Frame>(block), t = changetype<Table>(<usize>f.data), row: f64 = <f64>f.width * f.size;
  return <u32>min<f64>((t.across ? (row + <f64>f.aWidth * f.size) * BYTES : BYTES) + 64, 4294967295);
}

/** Bytes of the rows at their new width. */
export function resizeBetween(block: usize): u32 {
  const f = changetype<Frame>(block), t = changetype<Table>(<usize>f.data);
  return t.down ? <u32>min<f64>(<f64>f.width * f.size * f.aHeight + 64, 4294967295) : 0;
}

/** First the rows, tile by tile, then the columns, row by row. */
export function resizeUnits(block: usize, phase: u32): u32 {
  const f = changetype<Frame>(block), t = changetype<Table>(<usize>f.data), across = tiles(f, t);
  return phase == (across ? 1 : 0) && t.down ? all(f, t) : phase == 0 ? across : 0;
}

@inline function tiles(f: Frame, t: Table): u32 { return t.across ? (f.aHeight + BYTES - 1) / BYTES : 0; }
@inline function all(f: Frame, t: Table): u32 { return tiles(f, t) + (t.down ? f.height : 0); }

/** Resizes the columns of up to BYTES rows from y on. */
function columns(dst: usize, f: Frame, t: Table, y: u32, tile: usize): void {
  const size = f.size, wide = f.aWidth * size, row = f.width * size, rows = min(BYTES, f.aHeight - y), step = size * BYTES;
  const made = tile + wide * BYTES;
  enterRows(tile, f.first(f.picture) + y * wide, wide, rows, wide);
  for (let x: u32 = 0; x < f.width; x++) {
    const place = t.column(x);
    for (let c: u32 = 0; c < size; c++) sum(made + (x * size + c) * BYTES, tile + (place.first * size + c) * BYTES, step, place);
  }
  leaveRows(dst + y * row, row, rows, row, made);
}

/** One vector of outputs. Its inputs lie `step` apart. */
@inline
function sum(dst: usize, src: usize, step: usize, place: Place): void {
  const zero = int.splat(0);
  let low0 = int.splat(1 << 21), low1 = low0, low2 = low0, low3 = low0, high0 = zero, high1 = zero, high2 = zero, high3 = zero;
  let weights = changetype<usize>(place) + 8;
  for (let left = <i32>place.count; left > 0; left -= 2, src += 2 * step, weights += 8) {
    const v = byte.load(src), next = left > 1 ? byte.load(src + step) : v, a = byte.low(v, next), b = byte.high(v, next);
    const low = int.same(weights), high = int.same(weights + 4);
    const p = int.lowPairs(a), q = int.highPairs(a), r = int.lowPairs(b), s = int.highPairs(b);
    low0 = int.add(low0, int.dot(p, low));
    low1 = int.add(low1, int.dot(q, low));
    low2 = int.add(low2, int.dot(r, low));
    low3 = int.add(low3, int.dot(s, low));
    high0 = int.add(high0, int.dot(p, high));
    high1 = int.add(high1, int.dot(q, high));
    high2 = int.add(high2, int.dot(r, high));
    high3 = int.add(high3, int.dot(s, high));
  }
  byte.store(dst, int.bound(whole(low0, high0), whole(low1, high1), whole(low2, high2), whole(low3, high3)));
}

@inline function whole(low: Int, high: Int): Int { return int.shr(int.add(low, int.shl(high, 12)), 22); }
