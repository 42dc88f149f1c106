// The greatest value in a disk (x * x + y * y <= r * r): the greatest over one chord in each row within reach. Every row is kept
// in levels: level l holds the greatest of 2^l values from each position on, so a chord is two such runs, which may overlap.
import { Frame, slice } from "../../lib/frame";
import { clear, enter } from "./square";
import { greater } from "./sweep";

/** Where the two runs of the chord `dy` rows away begin, in bytes from the start of a row's levels. */
@unmanaged
class Chord { first: u32; second: u32; }

/** Values on either side of a row, and the row's bytes. Reads of the last level go half a chord further, and are not used. */
@inline function beside(width: u32, reach: u32): u32 { return min(reach, width - 1); }
@inline function wide(width: u32, reach: u32, size: u32): u32 { return ((width + 2 * beside(width, reach)) * size + 127) & ~63; }
/** How many levels the widest chord needs. */
@inline function levels(aside: u32): u32 { return 32 - clz(2 * aside + 1); }
@inline function kept(height: u32, reach: u32): u32 { return 2 * min(reach, height - 1) + 1; }

/** A float, so that a size beyond 32 bits is refused and does not wrap. */
export function diskRoom(width: u32, height: u32, reach: u32, size: u32): f64 {
  const rows: f64 = min(kept(height, reach), height), up = levels(beside(width, reach));
  return 512 + 16 * <f64>kept(height, reach) + <f64>wide(width, reach, size) * (rows * up + 2);
}

/** A slice of rows from f.from on; returns the next row, or 0. */
export function disk<T>(dst: usize, src: usize, f: Frame, reach: u32, sign: i32, scratch: usize): u32 {
  const width = f.width, height = f.height;
  const t = changetype<T>(0), size = t.size(), aside = beside(width, reach), ahead = min(reach, height - 1), window = ahead * 2 + 1;
  const stride = wide(width, reach, size), up = levels(aside), each = up * stride, row = width * size, ring = min(window, height);
  const chords = scratch, pairs = chords + window * 8, rows = (pairs + window * 8 + 63) & ~63;
  if (f.opens()) for (let i: u32 = 0; i < window; i++) measure(changetype<Chord>(chords + i * 8), <i32>i - <i32>ahead, reach, aside, stride, size);
  // the cost of a row grows with the number of rows in the disk
  const to = min(f.from + max<u32>(slice(width) * 8 / (window + 8), 1), f.end(height));
  // start with the rows above that the first disks read
  for (let i = !f.opens() ? f.from + ahead : f.from > ahead ? f.from - ahead : 0; i < to + ahead; i++) {
    if (i < height) {
      const own = rows + (i % ring) * each;
      clear<T>(own, aside * size);
      enter<T>(own + aside * size, src + i * row, row, sign);
      clear<T>(own + aside * size + row, aside * size);
      for (let l: u32 = 1; l < up; l++) greater<T>(own + l * stride, own + (l - 1) * stride, own + (l - 1) * stride + (size << (l - 1)), stride);
    }
    if (f.from + ahead > i) continue;
    const y = i - ahead, top = y > ahead ? y - ahead : 0, bottom = min(y + ahead, height - 1);
    let end = pairs;
    for (let j = top; j <= bottom; j++, end += 8) {
      const chord = changetype<Chord>(chords + (j + ahead - y) * 8), base = rows + (j % ring) * each;
      store<u32>(end, base + chord.first);
      store<u32>(end, base + chord.second, 4);
    }
    lay<T>(dst + y * row, row, pairs, end, sign, rows + ring * each);
  }
  return to < f.end(height) ? to : 0;
}

function measure(chord: Chord, dy: i32, reach: u32, aside: u32, stride: u32, size: u32): void {
  const square = <f64>reach * reach - <f64>dy * dy;
  const half = min(<u32>sqrt(square), aside), level = 31 - clz(2 * half + 1);
  chord.first = level * stride + (aside - half) * size;
  chord.second = level * stride + (aside + half + 1 - (1 << level)) * size;
}

/** One row of the result: the greatest over all chords, four vectors at a time. */
function lay<T>(dst: usize, row: u32, pairs: usize, end: usize, sign: i32, spare: usize): void {
  const t = changetype<T>(0), s: usize = t.step(), flip = t.flip(sign);
  for (let x: usize = 0; x < row; x += 4 * s) {
    let a = t.lowest(), b = a, c = a, d = a;
    for (let pair = pairs; pair < end; pair += 8) {
      const p = <usize>load<u32>(pair) + x, q = <usize>load<u32>(pair, 4) + x;
      a = t.max(a, t.max(t.load(p), t.load(q)));
      b = t.max(b, t.max(t.load(p + s), t.load(q + s)));
      c = t.max(c, t.max(t.load(p + 2 * s), t.load(q + 2 * s)));
      d = t.max(d, t.max(t.load(p + 3 * s), t.load(q + 3 * s)));
    }
    const fits = x + 4 * s <= row, at = fits ? dst + x : spare;
    t.store(at, t.leave(a, flip));
    t.store(at + s, t.leave(b, flip));
    t.store(at + 2 * s, t.leave(c, flip));
    t.store(at + 3 * s, t.leave(d, flip));
    if (!fits) memory.copy(dst + x, spare, row - x);
  }
}
