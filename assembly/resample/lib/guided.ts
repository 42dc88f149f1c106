// The windows of a guided filter, row after row: sums of columns go down the picture, sums of windows along a row.
import { four } from "../../lib/lanes";

/** Of a column or a window: colours, mask, and products of two of them. Bytes, so at most 255 * 255 * 255 * 255. */
@unmanaged
export class Sums {
  r: u32; g: u32; b: u32; p: u32;
  rp: u32; gp: u32; bp: u32; pp: u32;
  rr: u32; gg: u32; bb: u32; pp2: u32;
  rg: u32; gb: u32; rb: u32; pp3: u32;
}

/** A place beyond an edge is that of its mirror image; again, where the mirror is beyond the other edge. */
function reflected(i: i32, n: i32): i32 {
  while (i < 0 || i >= n) i = i < 0 ? -1 - i : 2 * n - 1 - i;
  return i;
}

@unmanaged
export class Line {
  epsilon: f64;
  /** The least determinant that is solved. */
  least: f64;
  width: i32;
  height: i32;
  r: i32;
  mask: usize;
  image: usize;
  bytes: u32;
  ring: i32;
  /** Columns from -r - 1 to width + r, reflected. */
  places: usize;
  columns: usize;
  /** Of the columns: sums of what the windows found, four doubles each. */
  found: usize;
  /** Those, four floats each, of the last rows. */
  rows: usize;
  /** Of a window, and as much of nothing. */
  spare: usize;

  open(memory: usize): void {
    const width = <usize>this.width;
    this.ring = min(2 * this.r + 2, this.height);
    this.found = memory;
    this.rows = this.found + width * 32;
    this.columns = this.rows + width * 16 * this.ring;
    this.places = this.columns + width * offsetof<Sums>();
    this.spare = (this.places + (width + 2 * this.r + 2) * 4 + 7) & ~7;
    for (let x = -this.r - 1; x <= this.width + this.r; x++) store<i32>(this.places + (x + this.r + 1) * 4, reflected(x, this.width));
  }

  @inline place(x: i32): usize { return <usize>load<i32>(this.places + <usize>(x + this.r + 1) * 4); }
  @inline pixel(x: i32, y: i32): u32 {
    const i = <usize>(y * this.width + x), at = this.image + i * this.bytes;
    const colour = this.bytes > 1 ? <u32>load<u16>(at, 0, 1) | <u32>load<u8>(at, 2) << 16 : <u32>load<u8>(at) * 0x010101;
    return colour | <u32>load<u8>(this.mask + i) << 24;
  }
  @inline row(y: i32): usize { return this.rows + <usize>(reflected(y, this.height) % this.ring) * this.width * 16; }

  /** One row of the answer. */
  answer(dst: usize, y: i32): void {
    const r = this.r, width = this.width, found = this.found, scale: f64 = 1 / (<f64>(2 * r + 1) * (2 * r + 1)), part: f64 = 1.0 / 255;
    const window = this.spare, nothing = window + 32;
    memory.fill(window, 0, 64);
    if (!y) {
      memory.fill(found, 0, <usize>width * 32);
      for (let i = -r; i <= r; i++) for (let x = 0, row = this.row(i); x < width; x++, row += 16) four.lay(found + x * 32, row, nothing);
    } else for (let x = 0, enter = this.row(y + r), leave = this.row(y - r - 1); x < width; x++, enter += 16, leave += 16) four.lay(found + x * 32, enter, leave);
    for (let x = -r; x <= r; x++) four.slide(window, found + this.place(x) * 32, nothing);
    for (let x = 0; x < width; x++, dst += 4) {
      const pixel = this.pixel(x, y);
      const colours = load<f64>(window) * <f64>(pixel & 255) + load<f64>(window, 8) * <f64>(pixel >> 8 & 255) + load<f64>(window, 16) * <f64>(pixel >> 16 & 255);
      store<f32>(dst, <f32>min<f64>(max<f64>((colours * part + load<f64>(window, 24)) * scale, 0), 1));
      if (x + 1 < width) four.slide(window, found + this.place(x + r + 1) * 32, found + this.place(x - r) * 32);
    }
  }
}

/** The columns' sums of the windows of row y. */
export function gather(l: Line, y: i32): void {
  const r = l.r, width = l.width;
  if (!y) {
    memory.fill(l.columns, 0, <usize>width * offsetof<Sums>());
    for (let i = -r; i <= r; i++) for (let x = 0; x < width; x++) four.exchange(l.columns + x * offsetof<Sums>(), l.pixel(x, reflected(i, l.height)), 0);
    return;
  }
  const enter = reflected(y + r, l.height), leave = reflected(y - r - 1, l.height);
  for (let x = 0; x < width; x++) {
    const p = l.pixel(x, enter), q = l.pixel(x, leave);
    if (p != q) four.exchange(l.columns + x * offsetof<Sums>(), p, q);
  }
}

/** What every window of row y finds: three factors and a summand, as floats. */
export function solve(l: Line, y: i32): void {
  const r = l.r, width = l.width, epsilon = l.epsilon, least = l.least, s = changetype<Sums>(l.spare);
  const one: f64 = 1 / (<f64>(2 * r + 1) * (2 * r + 1) * 255), two = one / 255;
  const window = changetype<usize>(s), nothing = window + offsetof<Sums>();
  memory.fill(window, 0, 2 * offsetof<Sums>());
  for (let x = -r; x <= r; x++) four.move(window, l.columns + l.place(x) * offsetof<Sums>(), nothing);
  for (let x = 0, at = l.row(y); x < width; x++, at += 16) {
    const mr = <f64>s.r * one, mg = <f64>s.g * one, mb = <f64>s.b * one, mp = <f64>s.p * one;
    const rr = <f64>s.rr * two - mr * mr + epsilon, gg = <f64>s.gg * two - mg * mg + epsilon, bb = <f64>s.bb * two - mb * mb + epsilon;
    const rg = <f64>s.rg * two - mr * mg, rb = <f64>s.rb * two - mr * mb, gb = <f64>s.gb * two - mg * mb;
    const rp = <f64>s.rp * two - mr * mp, gp = <f64>s.gp * two - mg * mp, bp = <f64>s.bp * two - mb * mp;
    const A = gg * bb - gb * gb, B = rb * gb - rg * bb, C = rg * gb - rb * gg, D = rr * bb - rb * rb, E = rg * rb - rr * gb, F = rr * gg - rg * rg;
    const det = rr * A + rg * B + rb * C, part = abs(det) < least ? 1.0 : 1 / det;
    const a = (A * rp + B * gp + C * bp) * part, b = (B * rp + D * gp + E * bp) * part, c = (C * rp + E * gp + F * bp) * part;
    store<f32>(at, <f32>a);
    store<f32>(at, <f32>b, 4);
    store<f32>(at, <f32>c, 8);
    store<f32>(at, <f32>(mp - a * mr - b * mg - c * mb), 12);
    if (x + 1 < width) four.move(window, l.columns + l.place(x + r + 1) * offsetof<Sums>(), l.columns + l.place(x - r) * offsetof<Sums>());
  }
}
