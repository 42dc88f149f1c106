// The greatest value within `reach` steps along rows and columns. A plus laid at every second point of the diamond of reach - 1,
// as on the squares of one colour of a chessboard, gives that diamond; and those points are a window along one diagonal, then
// along the other.
import { Frame, slice } from "../../lib/frame";
import { clear, enter, span } from "./square";
import { Sweep, room, rows } from "./sweep";

/** Wider diamonds are made in several passes, to keep memory and margins small. Very wide pictures take more passes. */
const WIDEST: u32 = 512;
const ROOM: f64 = 268435456;
/** Offset in the scratch, behind the first sweep, of the reach that is still to do. */
const LEFT: usize = 56;

@inline function most(width: u32, reach: u32, size: u32): u32 {
  return min(reach, <u32>min<f64>(<f64>WIDEST, max<f64>(ROOM / (2 * <f64>width * size), 1)));
}

/** A float, so that a size beyond 32 bits is refused and does not wrap. */
export function diamondRoom(width: u32, height: u32, reach: u32, size: u32): f64 {
  const n = most(width, min(reach, width + height), size), stride: f64 = (<f64>width + 2 * (n + 1)) * size + 127;
  return 384 + stride * (4 + 2 * rows(n));
}

/** Whether one pass is enough. Only then are the source and the input the same, so that rows can be divided among threads. */
export function single(width: u32, height: u32, reach: u32, size: u32): bool {
  return min(reach, width + height) == most(width, reach, size);
}

/** A slice of rows from f.from on; returns the next row, or 0. State between slices is in the scratch. */
export function rowsOfDiamond<T>(dst: usize, src: usize, f: Frame, reach: u32, sign: i32, scratch: usize): u32 {
  const width = f.width, height = f.height, n = min(reach, width + height), ahead = 2 * (n - 1);
  const last = f.end(height), to = min(f.from + slice(width), last), first = f.begin ? f.begin - 1 : 0;
  // a row is complete when the one below it is, or at the end of the picture
  once<T>(dst, src, width, height, n, sign, scratch, f.begin, f.opens() ? first : f.from + ahead + 1, min(to + 1, height) + ahead);
  return to < last ? to : 0;
}

/** A slice of the work, from step `from - 1` of the current pass; returns where to continue, or 0. */
export function diamond<T>(dst: usize, src: usize, width: u32, height: u32, reach: u32, sign: i32, scratch: usize, from: u32): u32 {
  const all = min(reach, width + height), left = from ? load<u32>(scratch, LEFT) : all;
  const n = min(left, most(width, reach, changetype<T>(0).size())), steps = height + 2 * (n - 1);
  const at = from ? from - 1 : 0, to = min(at + slice(width), steps);
  once<T>(dst, left == all ? src : dst, width, height, n, sign, scratch, 0, at, to);
  if (to < steps) {
    store<u32>(scratch, left, LEFT);
    return to + 1;
  }
  store<u32>(scratch, left - n, LEFT);
  return left == n ? 0 : 1;
}

/** Steps of a pass whose first row is `begin`. The first step starts at the row above. */
function once<T>(dst: usize, src: usize, width: u32, height: u32, n: u32, sign: i32, scratch: usize, begin: u32, from: u32, to: u32): void {
  const t = changetype<T>(0), size = t.size(), margin = (n + 1) * size, stride = span(width, n + 1, size), row = width * size;
  const down = changetype<Sweep>(scratch), up = changetype<Sweep>(scratch + 64);
  const done = scratch + 128; // the last three rows, as a ring
  const spare = done + 3 * stride, sweeps = spare + stride, first = begin ? begin - 1 : 0;
  if (from == first) {
    down.open(sweeps, stride, n, size);
    up.open(sweeps + room(stride, n), stride, n, -<i32>size);
  }
  // the first diagonal looks n - 1 rows ahead, the second n - 1 rows back
  const ahead: u32 = 2 * (n - 1);
  for (let i = from; i < to; i++) {
    const y: u32 = i - (n - 1); // wraps above the picture
    const own = down.row();
    clear<T>(own, stride);
    if (y < height) {
      enter<T>(own + margin, src + y * row, row, sign);
      // clears what `enter` wrote past the row
      clear<T>(own + margin + row, margin);
    }
    down.lean<T>(up.row());
    if (i < first + n - 1) continue; // the window is not complete yet
    const at = <i32>(i - ahead);
    up.lean<T>(at < <i32>first ? spare : done + (at % 3) * stride);
    if (at > <i32>begin) plus<T>(dst + (at - 1) * row, done, margin, at - (at > 1 ? 2 : 1), at - 1, at, stride, row, sign);
  }
  if (to == height + ahead) plus<T>(dst + (height - 1) * row, done, margin, height - (height > 1 ? 2 : 1), height - 1, height - 1, stride, row, sign);
}

/** One row of the picture from three: above, own and below. At an edge the row itself stands in for the missing one. */
function plus<T>(dst: usize, rows: usize, margin: u32, above: u32, own: u32, below: u32, stride: u32, row: u32, sign: i32): void {
  const t = changetype<T>(0), size = t.size(), spare = rows + 3 * stride, flip = t.flip(sign);
  const a = rows + margin + (above % 3) * stride, m = rows + margin + (own % 3) * stride, b = rows + margin + (below % 3) * stride;
  for (let x: usize = 0; x < row; x += 2 * t.step()) {
    const y = x + t.step();
    const p = t.max(t.max(t.load(a + x), t.load(b + x)), t.load(m + x)), q = t.max(t.max(t.load(a + y), t.load(b + y)), t.load(m + y));
    t.store(spare + x, t.leave(t.max(p, t.max(t.load(m + x - size), t.load(m + x + size))), flip));
    t.store(spare + y, t.leave(t.max(q, t.max(t.load(m + y - size), t.load(m + y + size))), flip));
  }
  memory.copy(dst, spare, row); // exactly one row, because the next may still be read as a source
}
