// The windows of a guided filter, in strips of columns whose sums stay in the cache. Column sums move down the picture, window
// sums along a row. Window sums of floats round differently by where they start, so they are carried from strip to strip.
import { Int, LANES, PAIR, Pair, Words, four, int, pair } from "../../lib/lanes";

/** Bytes of a column's or window's sums: r g b p, rp gp bp -, rr gg bb -, rg gb br -; each at most 255 * 255 * 255 * 255. */
const SUMS: usize = 64;
/** Bytes of a column's or window's sums of coefficients: three factors and a summand, doubles. */
const FOUND: usize = 32;

/** Columns of a strip. All are equal, so that threads finish together; narrow pictures get narrower strips, to have several. */
export function wide(width: i32, r: i32): i32 {
  const most = width < 2048 ? 256 : 512, strips = (width + most - 1) / most;
  return max((width + strips - 1) / strips + 1 & ~1, 8 * r);
}
/** How many rows of pixels, and of coefficients, are still needed. */
@inline function kept(r: i32, height: i32): i32 { return min(2 * r + 2, height); }
/** Columns whose windows are solved, rounded up to an even number because they are solved in pairs. */
@inline function solved(width: i32, r: i32): usize { return <usize>(min(width, wide(width, r) + 2 * r + 2) + 1) & ~1; }
/** Columns whose pixels are summed. */
@inline function counted(width: i32, r: i32): usize { return <usize>(min(width, wide(width, r) + 4 * r + 4) + 3) & ~3; }
/** Columns of sums, with their mirror images beyond the edges and the overrun of vectors. */
@inline function beside(width: i32, r: i32): usize { return <usize>(min(width, wide(width, r) + 2 * r + 2) + 2 * r + 8) & ~3; }

/** Bytes that the strips leave for each other. */
export function carriedRoom(height: u32): f64 { return <f64>height * FOUND; }

/** A float, so that a size beyond 32 bits is refused and does not wrap. */
export function stripRoom(width: i32, height: i32, r: i32): f64 {
  const rows: f64 = kept(r, height);
  return <f64>beside(width, r) * (SUMS + FOUND) + rows * (<f64>solved(width, r) * 16 + <f64>counted(width, r) * 4) + SUMS + FOUND + 64;
}

/** Mirrors a position beyond an edge, again if the mirror image lies beyond the other edge. */
function reflected(i: i32, n: i32): i32 {
  while (i < 0 || i >= n) i = i < 0 ? -1 - i : 2 * n - 1 - i;
  return i;
}

@inline function less(a: Pair, b: Pair, c: Pair, d: Pair): Pair { return pair.sub(pair.mul(a, b), pair.mul(c, d)); }
@inline function sum(a: Pair, b: Pair, c: Pair, d: Pair, e: Pair, f: Pair): Pair { return pair.add(pair.add(pair.mul(a, b), pair.mul(c, d)), pair.mul(e, f)); }
/** Moves sums of four numbers on by one column: adds the entering column, subtracts the leaving one. */
@inline function moved(sums: Int, enter: usize, leave: usize): Int { return int.add(sums, int.sub(int.load(enter), int.load(leave))); }
@inline function slid(sums: Pair, enter: usize, leave: usize): Pair { return pair.add(sums, pair.sub(pair.at(enter), pair.at(leave))); }

@unmanaged
export class Strip {
  epsilon: f64;
  /** The smallest determinant that is solved. */
  least: f64;
  /** 1 / pixels of a window, the same / 255, and / 255 / 255. Stored, because an engine may otherwise divide for every pixel. */
  share: f64;
  once: f64;
  twice: f64;
  width: i32;
  height: i32;
  r: i32;
  /** Columns of the result. */
  from: i32;
  to: i32;
  /** Columns whose windows are solved, and columns whose pixels are summed. */
  left: i32;
  right: i32;
  first: i32;
  last: i32;
  mask: usize;
  image: usize;
  bytes: u32;
  ring: i32;
  /** Bytes of a row of coefficients, and of a row of pixels. */
  line: usize;
  pixels: usize;
  /** Sums of the columns from left - r - 1 to right + r, also beyond the edges. */
  columns: usize;
  /** Sums of coefficients of the columns from from - r - 1 to to + r. */
  found: usize;
  /** Coefficients of the last rows, four floats a pixel. */
  rows: usize;
  /** Pixels of the last rows with the mask's value, one word each. */
  words: usize;
  /** For every row the next window's sums, which one strip leaves for the next. */
  carried: usize;
  /** A window's sums, in the scalar build, and sums that are zero. */
  spare: usize;

  open(memory: usize, width: i32, height: i32, r: i32): void {
    this.width = width;
    this.height = height;
    this.r = r;
    this.share = 1 / (<f64>(2 * r + 1) * (2 * r + 1));
    this.once = 1 / (<f64>(2 * r + 1) * (2 * r + 1) * 255);
    this.twice = this.once / 255;
    this.ring = kept(r, height);
    this.line = solved(width, r) * 16;
    this.columns = (memory + 63) & ~63;
    this.found = this.columns + beside(width, r) * SUMS;
    this.rows = this.found + beside(width, r) * FOUND;
    this.pixels = counted(width, r) * 4;
    this.words = this.rows + this.line * this.ring;
    this.spare = this.words + this.pixels * this.ring;
  }

  begin(strip: i32): void {
    const r = this.r, width = this.width;
    this.from = strip * wide(width, r);
    this.to = min(this.from + wide(width, r), width);
    this.left = max(this.from - r - 1, 0);
    this.right = min(this.to + r + 1, width);
    this.first = max(this.left - r - 1, 0);
    this.last = min(this.right + r, width);
  }

  @inline private row(y: i32): usize { return this.rows + <usize>(reflected(y, this.height) % this.ring) * this.line; }
  /** The pixels of row y, from the first column that is summed. */
  @inline private seen(y: i32): usize { return this.words + <usize>(reflected(y, this.height) % this.ring) * this.pixels; }

  /** Copies the pixels of a row. */
  private keep(y: i32): void {
    const place = <usize>(y * this.width + this.first), bytes = this.bytes;
    let at = this.seen(y), colours = this.image + place * bytes, values = this.mask + place;
    const end = at + <usize>(this.last - this.first) * 4;
    if (bytes == 3) for (; at < end; at += LANES * 4, colours += LANES * 3, values += LANES) int.store(at, beneath(int.rgb(colours), values));
    else if (bytes == 4) for (; at < end; at += LANES * 4, colours += LANES * 4, values += LANES) int.store(at, beneath(int.rgba(colours), values));
    else for (; at < end; at += LANES * 4, colours += LANES, values += LANES) int.store(at, beneath(int.gray(colours), values));
  }

  /** Moves the column sums to the windows of row y. */
  gather(y: i32): void {
    const r = this.r, height = this.height, width = this.width;
    const before = this.left - r - 1, begin = this.columns + <usize>(this.first - before) * SUMS, end = this.columns + <usize>(this.last - before) * SUMS;
    for (let i = y ? y + r : 0; i <= min(y + r, height - 1); i++) this.keep(i);
    if (!y) {
      memory.fill(begin, 0, end - begin);
      for (let i = -r; i <= r; i++) for (let at = begin, enter = this.seen(i); at < end; at += LANES * SUMS, enter += LANES * 4) four.exchange(at, int.load(enter), int.splat(0));
    } else for (let at = begin, enter = this.seen(y + r), leave = this.seen(y - r - 1); at < end; at += LANES * SUMS, enter += LANES * 4, leave += LANES * 4) {
      const p = int.load(enter), q = int.load(leave);
      if (int.any(int.xor(p, q))) four.exchange(at, p, q);
    }
    for (let x = before; x < 0; x++) memory.copy(this.columns + <usize>(x - before) * SUMS, this.columns + <usize>(reflected(x, width) - before) * SUMS, SUMS);
    for (let x = width; x <= this.right + r; x++) memory.copy(this.columns + <usize>(x - before) * SUMS, this.columns + <usize>(reflected(x, width) - before) * SUMS, SUMS);
  }

  /** Solves every window of row y: three factors and a summand, as floats. */
  solve(y: i32): void {
    const epsilon = pair.splat(this.epsilon), least = this.least, one = pair.splat(this.once), two = pair.splat(this.twice), unit = pair.splat(1);
    const window = this.spare;
    // the columns that enter and leave the window
    let leave = this.columns, enter = leave + <usize>(2 * this.r + 1) * SUMS;
    let firsts = int.splat(0), masked = firsts, squares = firsts, products = firsts;
    if (LANES == 1) memory.fill(window, 0, SUMS);
    for (let at = leave; at < enter; at += SUMS) {
      if (LANES > 1) {
        firsts = int.add(firsts, int.load(at));
        masked = int.add(masked, int.load(at + 16));
        squares = int.add(squares, int.load(at + 32));
        products = int.add(products, int.load(at + 48));
      } else four.gain(window, at);
    }
    for (let at = this.row(y), end = at + <usize>(this.right - this.left) * 16; at < end; at += PAIR * 16, enter += PAIR * SUMS, leave += PAIR * SUMS) {
      let mrg: Words, mbp: Words, rgp: Words, bpx: Words, rrgg: Words, bbx: Words, rggb: Words, brx: Words;
      if (LANES > 1) {
        const f = moved(firsts, enter, leave), m = moved(masked, enter + 16, leave + 16), s = moved(squares, enter + 32, leave + 32), p = moved(products, enter + 48, leave + 48);
        firsts = moved(f, enter + SUMS, leave + SUMS);
        masked = moved(m, enter + SUMS + 16, leave + SUMS + 16);
        squares = moved(s, enter + SUMS + 32, leave + SUMS + 32);
        products = moved(p, enter + SUMS + 48, leave + SUMS + 48);
        // where the mask is black, all sums with it are 0, and so are the coefficients
        if (!int.any(int.or(m, masked))) {
          int.store(at, int.splat(0));
          int.store(at + 16, int.splat(0));
          continue;
        }
        mrg = pair.low(f, firsts);
        mbp = pair.high(f, firsts);
        rgp = pair.low(m, masked);
        bpx = pair.high(m, masked);
        rrgg = pair.low(s, squares);
        bbx = pair.high(s, squares);
        rggb = pair.low(p, products);
        brx = pair.high(p, products);
      } else {
        four.move(window, enter, leave);
        if (!load<u32>(window, 28)) {
          memory.fill(at, 0, 16);
          continue;
        }
        mrg = pair.words(window);
        mbp = pair.words(window + 8);
        rgp = pair.words(window + 16);
        bpx = pair.words(window + 24);
        rrgg = pair.words(window + 32);
        bbx = pair.words(window + 40);
        rggb = pair.words(window + 48);
        brx = pair.words(window + 56);
      }
      const mr = pair.mul(pair.first(mrg), one), mg = pair.mul(pair.second(mrg), one), mb = pair.mul(pair.first(mbp), one), mp = pair.mul(pair.second(mbp), one);
      const rp = less(pair.first(rgp), two, mr, mp), gp = less(pair.second(rgp), two, mg, mp), bp = less(pair.first(bpx), two, mb, mp);
      const rr = pair.add(less(pair.first(rrgg), two, mr, mr), epsilon), gg = pair.add(less(pair.second(rrgg), two, mg, mg), epsilon), bb = pair.add(less(pair.first(bbx), two, mb, mb), epsilon);
      const rg = less(pair.first(rggb), two, mr, mg), gb = less(pair.second(rggb), two, mg, mb), rb = less(pair.first(brx), two, mr, mb);
      const A = less(gg, bb, gb, gb), B = less(rb, gb, rg, bb), C = less(rg, gb, rb, gg), D = less(rr, bb, rb, rb), E = less(rg, rb, rr, gb), F = less(rr, gg, rg, rg);
      const det = sum(rr, A, rg, B, rb, C), over = pair.small(det, least, unit, pair.div(unit, det));
      const a = pair.mul(sum(A, rp, B, gp, C, bp), over), b = pair.mul(sum(B, rp, D, gp, E, bp), over), c = pair.mul(sum(C, rp, E, gp, F, bp), over);
      pair.quads(at, 16, a, b, c, pair.sub(pair.sub(pair.sub(mp, pair.mul(a, mr)), pair.mul(b, mg)), pair.mul(c, mb)));
    }
  }

  /** Moves the column sums of coefficients to the rows around y. */
  private lay(y: i32): void {
    const r = this.r, width = this.width, before = this.from - r - 1;
    const begin = this.found + <usize>(this.left - before) * FOUND, end = this.found + <usize>(this.right - before) * FOUND;
    if (!y) {
      memory.fill(begin, 0, end - begin);
      memory.fill(this.spare, 0, FOUND);
      for (let i = -r; i <= r; i++) for (let at = begin, row = this.row(i); at < end; at += FOUND, row += 16) four.lay(at, row, this.spare);
    } else for (let at = begin, enter = this.row(y + r), leave = this.row(y - r - 1); at < end; at += FOUND, enter += 16, leave += 16) four.lay(at, enter, leave);
    for (let x = before; x < 0; x++) memory.copy(this.found + <usize>(x - before) * FOUND, this.found + <usize>(reflected(x, width) - before) * FOUND, FOUND);
    for (let x = width; x <= this.to + r; x++) memory.copy(this.found + <usize>(x - before) * FOUND, this.found + <usize>(reflected(x, width) - before) * FOUND, FOUND);
  }

  /** Writes one row of the result. */
  answer(dst: usize, y: i32): void {
    this.lay(y);
    const scale = pair.splat(this.share), part = pair.splat(1.0 / 255), carried = this.carried + <usize>y * FOUND;
    // the columns that leave and enter the window
    let leave = this.found + FOUND, enter = leave + <usize>(2 * this.r + 1) * FOUND;
    // a window's factors for red and green, and for blue with the summand; as single numbers in the scalar build
    let w = pair.splat(0), v = w, s = w, t = w;
    for (let at = this.from ? carried : leave, end = this.from ? carried + FOUND : enter; at < end; at += FOUND) {
      w = pair.add(w, pair.at(at));
      v = pair.add(v, pair.at(at + PAIR * 8));
      if (PAIR == 1) {
        s = pair.add(s, pair.at(at + 16));
        t = pair.add(t, pair.at(at + 24));
      }
    }
    let at = dst + <usize>this.from * 4, pixels = this.seen(y) + <usize>(this.from - this.first) * 4;
    for (const end = dst + <usize>this.to * 4; at < end; at += PAIR * 4, pixels += PAIR * 4, leave += PAIR * FOUND, enter += PAIR * FOUND) {
      let a: Pair, b: Pair, c: Pair, d: Pair;
      if (PAIR > 1) {
        const W = slid(w, enter, leave), V = slid(v, enter + 16, leave + 16);
        a = pair.lower(w, W);
        b = pair.upper(w, W);
        c = pair.lower(v, V);
        d = pair.upper(v, V);
        w = slid(W, enter + FOUND, leave + FOUND);
        v = slid(V, enter + FOUND + 16, leave + FOUND + 16);
      } else {
        a = w;
        b = v;
        c = s;
        d = t;
        w = slid(w, enter, leave);
        v = slid(v, enter + 8, leave + 8);
        s = slid(s, enter + 16, leave + 16);
        t = slid(t, enter + 24, leave + 24);
      }
      const seen = sum(a, pair.first8(pixels), b, pair.second8(pixels), c, pair.third8(pixels));
      const answer = pair.clamp(pair.mul(pair.add(pair.mul(seen, part), d), scale));
      // a full pair would write into the next row, which is already made
      if (at + PAIR * 4 > end) pair.single(at, answer);
      else pair.floats(at, answer);
    }
    pair.keep(carried, w);
    pair.keep(carried + PAIR * 8, v);
    if (PAIR == 1) {
      pair.keep(carried + 16, s);
      pair.keep(carried + 24, t);
    }
  }
}

/** Pixels with the mask's values as their fourth byte. */
@inline function beneath(pixels: Int, values: usize): Int { return int.or(int.and(pixels, int.splat(0xffffff)), int.shl(int.bytes(values), 24)); }
