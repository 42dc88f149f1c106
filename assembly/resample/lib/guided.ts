// The windows of a guided filter, in strips of columns whose sums stay in the cache: sums of columns go down the picture, sums of
// windows along a row. The last are of floats, and what they round depends on where they began: so they go on from strip to strip.
import { PAIR, Pair, four, pair } from "../../lib/lanes";

/** Bytes of the sums of a column or a window: r g b p, rp gp bp -, rr gg bb -, rg gb br -; at most 255 * 255 * 255 * 255. */
const SUMS: usize = 64;
/** Of a column's or a window's sums of what was found: three factors and a summand, doubles. */
const FOUND: usize = 32;

export function wide(r: i32): i32 { return max(256, 8 * r); }
/** Rows of what was found that are still needed. */
@inline function kept(r: i32, height: i32): i32 { return min(2 * r + 2, height); }

/** What the strips leave for each other. */
export function carriedRoom(height: u32): f64 { return <f64>height * FOUND; }

/** A float, because what does not fit 32 bits must be refused, not wrap. */
export function stripRoom(width: i32, height: i32, r: i32): f64 {
  const most: f64 = min(width, wide(r) + 4 * r + 4);
  return (most + 2) * (SUMS + FOUND + 16 * <f64>kept(r, height)) + (most + 4 * r + 8) * 8 + 3 * SUMS + 64;
}

/** A place beyond an edge is that of its mirror image; again, where the mirror is beyond the other edge. */
function reflected(i: i32, n: i32): i32 {
  while (i < 0 || i >= n) i = i < 0 ? -1 - i : 2 * n - 1 - i;
  return i;
}

/** A pixel of 1, 3 or 4 bytes and what the mask has there, in a word. */
@inline function pixel(colours: usize, value: usize, bytes: u32): u32 {
  return colour(colours, bytes) | <u32>load<u8>(value) << 24;
}
@inline function colour(at: usize, bytes: u32): u32 {
  return bytes > 1 ? <u32>load<u16>(at, 0, 1) | <u32>load<u8>(at, 2) << 16 : <u32>load<u8>(at) * 0x010101;
}

@inline function less(a: Pair, b: Pair, c: Pair, d: Pair): Pair { return pair.sub(pair.mul(a, b), pair.mul(c, d)); }
@inline function sum(a: Pair, b: Pair, c: Pair, d: Pair, e: Pair, f: Pair): Pair { return pair.add(pair.add(pair.mul(a, b), pair.mul(c, d)), pair.mul(e, f)); }
@unmanaged
export class Strip {
  epsilon: f64;
  /** The least determinant that is solved. */
  least: f64;
  /** Over the pixels of a window; and once, or twice, over 255. Kept here: an engine may divide anew for every pixel. */
  share: f64;
  once: f64;
  twice: f64;
  width: i32;
  height: i32;
  r: i32;
  /** Columns of the answer. */
  from: i32;
  to: i32;
  /** Columns in which windows are solved, and whose pixels are counted. */
  left: i32;
  right: i32;
  first: i32;
  last: i32;
  mask: usize;
  image: usize;
  bytes: u32;
  ring: i32;
  /** Bytes of a row of the ring. */
  line: usize;
  /** Where the sums of the columns lie, and of what was found in them; with their mirror images beyond the edges. */
  columnsAt: usize;
  foundAt: usize;
  columns: usize;
  /** Of the columns: sums of what the windows found. */
  found: usize;
  /** Those, four floats each, of the last rows. */
  rows: usize;
  /** The next window of every row: what one strip leaves for the next. */
  carried: usize;
  /** As many windows as are solved at once, and one of nothing. */
  spare: usize;

  open(memory: usize, width: i32, height: i32, r: i32): void {
    const most = <usize>(min(width, wide(r) + 4 * r + 4) + 1) & ~1;
    this.width = width;
    this.height = height;
    this.r = r;
    this.share = 1 / (<f64>(2 * r + 1) * (2 * r + 1));
    this.once = 1 / (<f64>(2 * r + 1) * (2 * r + 1) * 255);
    this.twice = this.once / 255;
    this.ring = kept(r, height);
    this.line = most * 16;
    this.spare = (memory + 15) & ~15;
    this.found = this.spare + 3 * SUMS;
    this.rows = this.found + most * FOUND;
    this.columns = this.rows + this.line * this.ring;
    this.columnsAt = this.columns + most * SUMS;
    this.foundAt = this.columnsAt + (most + 2 * r + 2) * 4;
  }

  begin(strip: i32): void {
    const r = this.r, width = this.width;
    this.from = strip * wide(r);
    this.to = min(this.from + wide(r), width);
    this.left = max(this.from - r - 1, 0);
    this.right = min(this.to + r + 1, width);
    this.first = max(this.left - r, 0);
    this.last = min(this.right + r, width);
    for (let x = this.left - r - 1; x <= this.right + r; x++) store<usize>(this.columnsAt + (x - this.left + r + 1) * 4, this.columns + <usize>(reflected(x, width) - this.first) * SUMS);
    for (let x = this.from - r - 1; x <= this.to + r; x++) store<usize>(this.foundAt + (x - this.from + r + 1) * 4, this.found + <usize>(reflected(x, width) - this.left) * FOUND);
  }

  @inline private row(y: i32): usize { return this.rows + <usize>(reflected(y, this.height) % this.ring) * this.line; }
  /** Where a row's pixels begin, of the picture and of the mask. */
  @inline private colours(x: i32, y: i32): usize { return this.image + <usize>(y * this.width + x) * this.bytes; }
  @inline private values(x: i32, y: i32): usize { return this.mask + <usize>(y * this.width + x); }

  /** The columns' sums of the windows of row y. */
  gather(y: i32): void {
    const r = this.r, first = this.first, height = this.height, end = this.columns + <usize>(this.last - first) * SUMS, bytes = this.bytes;
    if (!y) {
      memory.fill(this.columns, 0, end - this.columns);
      for (let i = -r; i <= r; i++) {
        let colours = this.colours(first, reflected(i, height)), values = this.values(first, reflected(i, height));
        for (let at = this.columns; at < end; at += SUMS, colours += bytes) four.exchange(at, pixel(colours, values++, bytes), 0);
      }
      return;
    }
    const enter = reflected(y + r, height), leave = reflected(y - r - 1, height), back = this.values(first, leave) - this.values(first, enter);
    let colours = this.colours(first, enter), gone = this.colours(first, leave), values = this.values(first, enter);
    for (let at = this.columns; at < end; at += SUMS, colours += bytes, gone += bytes, values++) {
      const p = pixel(colours, values, bytes), q = pixel(gone, values + back, bytes);
      if (p != q) four.exchange(at, p, q);
    }
  }

  /** What every window of row y finds: three factors and a summand, as floats. */
  solve(y: i32): void {
    const r = this.r, left = this.left, right = this.right, epsilon = pair.splat(this.epsilon), least = this.least;
    const one = pair.splat(this.once), two = pair.splat(this.twice), unit = pair.splat(1);
    const window = this.spare, second = window + (PAIR - 1) * SUMS, nothing = window + PAIR * SUMS;
    memory.fill(window, 0, (PAIR + 1) * SUMS);
    // the column that leaves; 2 r + 1 words further on is the one that comes
    const reach = (<usize>r * 2 + 1) * 4;
    let column = this.columnsAt + 4;
    for (let i: usize = 0; i < reach; i += 4) four.move(window, window, load<usize>(column + i), nothing);
    for (let x = left, at = this.row(y); x < right; x += PAIR, at += PAIR * 16, column += PAIR * 4) {
      if (PAIR > 1 && x + 1 < right) four.move(second, window, load<usize>(column + reach), load<usize>(column));
      const mrg = pair.words(window, SUMS), mbp = pair.words(window + 8, SUMS), rgp = pair.words(window + 16, SUMS), bpx = pair.words(window + 24, SUMS);
      const mr = pair.mul(pair.first(mrg), one), mg = pair.mul(pair.second(mrg), one), mb = pair.mul(pair.first(mbp), one), mp = pair.mul(pair.second(mbp), one);
      const rp = less(pair.first(rgp), two, mr, mp), gp = less(pair.second(rgp), two, mg, mp), bp = less(pair.first(bpx), two, mb, mp);
      const rrgg = pair.words(window + 32, SUMS), bbx = pair.words(window + 40, SUMS), rggb = pair.words(window + 48, SUMS), br = pair.words(window + 56, SUMS);
      const rr = pair.add(less(pair.first(rrgg), two, mr, mr), epsilon), gg = pair.add(less(pair.second(rrgg), two, mg, mg), epsilon), bb = pair.add(less(pair.first(bbx), two, mb, mb), epsilon);
      const rg = less(pair.first(rggb), two, mr, mg), gb = less(pair.second(rggb), two, mg, mb), rb = less(pair.first(br), two, mr, mb);
      const A = less(gg, bb, gb, gb), B = less(rb, gb, rg, bb), C = less(rg, gb, rb, gg), D = less(rr, bb, rb, rb), E = less(rg, rb, rr, gb), F = less(rr, gg, rg, rg);
      const det = sum(rr, A, rg, B, rb, C), over = pair.small(det, least, unit, pair.div(unit, det));
      const a = pair.mul(sum(A, rp, B, gp, C, bp), over), b = pair.mul(sum(B, rp, D, gp, E, bp), over), c = pair.mul(sum(C, rp, E, gp, F, bp), over);
      pair.quads(at, 16, a, b, c, pair.sub(pair.sub(pair.sub(mp, pair.mul(a, mr)), pair.mul(b, mg)), pair.mul(c, mb)));
      if (x + PAIR < right) four.move(window, second, load<usize>(column + reach + (PAIR - 1) * 4), load<usize>(column + (PAIR - 1) * 4));
    }
  }

  /** One row of the answer. */
  answer(dst: usize, y: i32): void {
    const r = this.r, found = this.found, wide = <usize>(this.right - this.left), to = this.to, width = this.width;
    const scale = pair.splat(this.share), part = pair.splat(1.0 / 255);
    const window = this.spare, second = window + (PAIR - 1) * FOUND, nothing = window + PAIR * FOUND, carried = this.carried + <usize>y * FOUND;
    memory.fill(window, 0, (PAIR + 1) * FOUND);
    if (!y) {
      memory.fill(found, 0, wide * FOUND);
      for (let i = -r; i <= r; i++) for (let x: usize = 0, row = this.row(i); x < wide; x++, row += 16) four.lay(found + x * FOUND, row, nothing);
    } else for (let x: usize = 0, enter = this.row(y + r), leave = this.row(y - r - 1); x < wide; x++, enter += 16, leave += 16) four.lay(found + x * FOUND, enter, leave);
    const reach = (<usize>r * 2 + 1) * 4;
    let column = this.foundAt + 4;
    if (this.from) memory.copy(window, carried, FOUND);
    else for (let i: usize = 0; i < reach; i += 4) four.slide(window, window, load<usize>(column + i), nothing);
    const bytes = this.bytes;
    let colours = this.colours(this.from, y);
    for (let x = this.from, at = dst + <usize>x * 4; x < to; x += PAIR, at += PAIR * 4, column += PAIR * 4, colours += PAIR * bytes) {
      const single = PAIR == 1 || x + 1 == to;
      if (!single) four.slide(second, window, load<usize>(column + reach), load<usize>(column));
      const p = colour(colours, bytes), q = colour(single ? colours : colours + bytes, bytes);
      const seen = sum(pair.load(window, FOUND), pair.bytes(p, q, 0), pair.load(window + 8, FOUND), pair.bytes(p, q, 8), pair.load(window + 16, FOUND), pair.bytes(p, q, 16));
      const all = pair.mul(pair.add(pair.mul(seen, part), pair.load(window + 24, FOUND)), scale), answer = pair.clamp(all);
      pair.floats(single ? nothing : at, answer);
      if (single) store<f32>(at, load<f32>(nothing));
      if (x + PAIR < width) four.slide(window, second, load<usize>(column + reach + (PAIR - 1) * 4), load<usize>(column + (PAIR - 1) * 4));
    }
    memory.copy(carried, window, FOUND);
  }
}
