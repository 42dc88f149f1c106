// The vectors that every kernel is written in, 128 bits wide. lib/scalar/lanes.ts has the same names one lane wide: the build
// swaps that file in to compile the same kernels for engines without SIMD.
import { high8, high16, high32, high64, low8, low16, low32, low64 } from "./shuffle";

export type Byte = v128; // sixteen u8
export type Word = v128; // eight u16
export type Int = v128; // four i32
export type Float = v128; // four f32
export type Pair = v128; // two f64
export type Words = v128; // two pairs of u32
export type Bins = v128; // sixteen u8, or eight u16

/** Bytes, and numbers of 32 bits, in one vector. */
export const BYTES: u32 = 16;
export const LANES: u32 = 4;
export const PAIR: u32 = 2;
/** How many rows `turn` transposes at a time. */
export const TURN: u32 = 8;

export namespace byte {
  @inline export function load(at: usize): Byte { return v128.load(at); }
  @inline export function store(at: usize, v: Byte): void { v128.store(at, v); }
  @inline export function splat(v: u32): Byte { return i8x16.splat(<i8>v); }
  @inline export function add(a: Byte, b: Byte): Byte { return i8x16.add_sat_u(a, b); } // saturates
  @inline export function sub(a: Byte, b: Byte): Byte { return i8x16.sub_sat_u(a, b); } // saturates
  @inline export function plus(a: Byte, b: Byte): Byte { return i8x16.add(a, b); } // wraps
  @inline export function max(a: Byte, b: Byte): Byte { return i8x16.max_u(a, b); }
  @inline export function min(a: Byte, b: Byte): Byte { return i8x16.min_u(a, b); }
  @inline export function and(a: Byte, b: Byte): Byte { return v128.and(a, b); }
  @inline export function or(a: Byte, b: Byte): Byte { return v128.or(a, b); }
  @inline export function xor(a: Byte, b: Byte): Byte { return v128.xor(a, b); }
  @inline export function eq(a: Byte, b: Byte): Byte { return i8x16.eq(a, b); } // 255 or 0
  @inline export function lt(a: Byte, b: Byte): Byte { return i8x16.lt_u(a, b); } // 255 or 0
  @inline export function le(a: Byte, b: Byte): Byte { return i8x16.le_u(a, b); } // 255 or 0
  @inline export function select(mask: Byte, a: Byte, b: Byte): Byte { return v128.bitselect(a, b, mask); }
  /** Entry v of a table of sixteen. */
  @inline export function entry(table: usize, v: Byte): Byte { return i8x16.swizzle(v128.load(table), v); }
  @inline export function shr(a: Byte, by: i32): Byte { return i8x16.shr_u(a, by); }
  /** Pairs of a's and b's bytes, of the first or the last eight. */
  @inline export function low(a: Byte, b: Byte): Byte { return low8(a, b); }
  @inline export function high(a: Byte, b: Byte): Byte { return high8(a, b); }
  /** One bit for each lane, set if it is at least 128. */
  @inline export function bits(a: Byte): u32 { return i8x16.bitmask(a); }
  @inline export function any(a: Byte): bool { return v128.any_true(a); }
  /** 255 for 128 and above, else 0. */
  @inline export function top(a: Byte): Byte { return i8x16.shr_s(a, 7); }
}

/** Transposes a block: `TURN` rows of `BYTES` bytes become `BYTES` rows of `TURN` bytes. */
export function turn(src: usize, stride: usize, dst: usize, step: usize): void {
  const a = v128.load(src), b = v128.load(src + stride), c = v128.load(src + 2 * stride), d = v128.load(src + 3 * stride);
  const e = v128.load(src + 4 * stride), f = v128.load(src + 5 * stride), g = v128.load(src + 6 * stride), h = v128.load(src + 7 * stride);
  const ab = low8(a, b), cd = low8(c, d), ef = low8(e, f), gh = low8(g, h);
  quarter(low16(ab, cd), low16(ef, gh), dst, step);
  quarter(high16(ab, cd), high16(ef, gh), dst + 4 * step, step);
  const AB = high8(a, b), CD = high8(c, d), EF = high8(e, f), GH = high8(g, h);
  quarter(low16(AB, CD), low16(EF, GH), dst + 8 * step, step);
  quarter(high16(AB, CD), high16(EF, GH), dst + 12 * step, step);
}
@inline
function quarter(abcd: v128, efgh: v128, dst: usize, step: usize): void {
  const low = low32(abcd, efgh), high = high32(abcd, efgh);
  v128.store64_lane(dst, low, 0);
  v128.store64_lane(dst + step, low, 1);
  v128.store64_lane(dst + 2 * step, high, 0);
  v128.store64_lane(dst + 3 * step, high, 1);
}

export namespace word {
  @inline export function low(v: Byte): Word { return i16x8.extend_low_i8x16_u(v); }
  @inline export function high(v: Byte): Word { return i16x8.extend_high_i8x16_u(v); }
  @inline export function narrow(low: Word, high: Word): Byte { return i8x16.narrow_i16x8_u(low, high); }
  @inline export function splat(v: u32): Word { return i16x8.splat(<i16>v); }
  @inline export function add(a: Word, b: Word): Word { return i16x8.add(a, b); }
  @inline export function sub(a: Word, b: Word): Word { return i16x8.sub(a, b); }
  @inline export function mul(a: Word, b: Word): Word { return i16x8.mul(a, b); }
  @inline export function shr(a: Word, by: i32): Word { return i16x8.shr_u(a, by); }
}

export namespace int {
  @inline export function load(at: usize): Int { return v128.load(at); }
  @inline export function store(at: usize, v: Int): void { v128.store(at, v); }
  @inline export function splat(v: i32): Int { return i32x4.splat(v); }
  /** v, v + 1, v + 2, … */
  @inline export function from(v: i32): Int { return i32x4.add(i32x4.splat(v), i32x4(0, 1, 2, 3)); }
  @inline export function add(a: Int, b: Int): Int { return i32x4.add(a, b); }
  @inline export function sub(a: Int, b: Int): Int { return i32x4.sub(a, b); }
  @inline export function mul(a: Int, b: Int): Int { return i32x4.mul(a, b); }
  /** The product of numbers from 0 to 32767, in one multiplication instead of the two that `mul` takes. */
  @inline export function times(a: Int, b: Int): Int { return i32x4.dot_i16x8_s(a, b); }
  @inline export function shl(a: Int, by: i32): Int { return i32x4.shl(a, by); }
  @inline export function shr(a: Int, by: i32): Int { return i32x4.shr_s(a, by); }
  @inline export function shru(a: Int, by: i32): Int { return i32x4.shr_u(a, by); }
  @inline export function max(a: Int, b: Int): Int { return i32x4.max_s(a, b); }
  @inline export function min(a: Int, b: Int): Int { return i32x4.min_s(a, b); }
  @inline export function and(a: Int, b: Int): Int { return v128.and(a, b); }
  @inline export function or(a: Int, b: Int): Int { return v128.or(a, b); }
  @inline export function xor(a: Int, b: Int): Int { return v128.xor(a, b); }
  @inline export function not(a: Int): Int { return v128.not(a); }
  /** Comparisons give -1 or 0 in each lane. */
  @inline export function eq(a: Int, b: Int): Int { return i32x4.eq(a, b); }
  @inline export function gt(a: Int, b: Int): Int { return i32x4.gt_s(a, b); }
  @inline export function any(mask: Int): bool { return v128.any_true(mask); }
  @inline export function select(mask: Int, a: Int, b: Int): Int { return v128.bitselect(a, b, mask); }
  /** The least of all lanes, in every lane. */
  @inline export function least(v: Int): Int {
    const two = i32x4.min_s(v, i32x4.shuffle(v, v, 2, 3, 0, 1));
    return i32x4.min_s(two, i32x4.shuffle(two, two, 1, 0, 3, 2));
  }
  /** One bit for each lane, set if it is below 0. */
  @inline export function bits(a: Int): u32 { return i32x4.bitmask(a); }
  /** a * p + b * q for the first, or the last, four of eight pairs of bytes (a, b). */
  @inline export function lowDot(v: Byte, p: i32, q: i32): Int { return i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(v), i32x4.splat(q << 16 | p)); }
  @inline export function highDot(v: Byte, p: i32, q: i32): Int { return i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(v), i32x4.splat(q << 16 | p)); }
  /** Pairs of the first, or the last, four words, as an operand for `dot`. */
  @inline export function lowPair(a: Word, b: Word): Int { return low16(a, b); }
  @inline export function highPair(a: Word, b: Word): Int { return high16(a, b); }
  /** The first, or the last, four of eight pairs of bytes, as an operand for `dot`. */
  @inline export function lowPairs(v: Byte): Int { return i16x8.extend_low_i8x16_u(v); }
  @inline export function highPairs(v: Byte): Int { return i16x8.extend_high_i8x16_u(v); }
  /** a * p + b * q for pairs (a, b) and weights (p, q), two 16-bit words in each lane. */
  @inline export function dot(pairs: Int, weights: Int): Int { return i32x4.dot_i16x8_s(pairs, weights); }
  /** The 32 bits at this address, in every lane. */
  @inline export function same(at: usize): Int { return v128.load32_splat(at); }
  @inline export function low(v: Word): Int { return i32x4.extend_low_i16x8_u(v); }
  @inline export function high(v: Word): Int { return i32x4.extend_high_i16x8_u(v); }
  /** Four vectors of numbers as bytes, clamped to 0..255. */
  @inline export function narrow(a: Int, b: Int, c: Int, d: Int): Byte {
    return i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
  }
  /** `narrow` of numbers that may lie outside 0..255, which the scalar `narrow` does not clamp. */
  @inline export function bound(a: Int, b: Int, c: Int, d: Int): Byte { return narrow(a, b, c, d); }
  /** Four vectors of masks as bytes of 255 and 0. */
  @inline export function masks(a: Int, b: Int, c: Int, d: Int): Byte {
    return i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
  }
  /** Four bytes as numbers. */
  @inline export function bytes(at: usize): Int {
    return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
  }
  /** Floats to whole numbers that will be packed into bytes: truncated, NaN as 0. */
  @inline export function clip(v: Float): Int { return i32x4.trunc_sat_f32x4_s(v); }
  /** Stores four vectors of numbers as bytes, clamped to 0..255. */
  @inline export function pack(at: usize, a: Int, b: Int, c: Int, d: Int): void { v128.store(at, narrow(a, b, c, d)); }
  /** A small float without a fraction, modulo 256, NaN as 0: the low bits of 1.5 * 2 ** 23 + v. Cheaper than `clip`. */
  @inline export function whole(v: Float): Int { return v128.and(f32x4.add(v, f32x4.splat(12582912)), i32x4.splat(255)); }
  // Pixels of each layout as R | G << 8 | B << 16 | A << 24.
  @inline export function rgba(at: usize): Int { return v128.load(at); }
  @inline export function rgb(at: usize): Int {
    return v128.or(i8x16.swizzle(v128.load(at), i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1)), i32x4.splat(0xff000000));
  }
  @inline export function gray(at: usize): Int {
    return v128.or(i8x16.swizzle(v128.load32_zero(at), i8x16(0, 0, 0, -1, 1, 1, 1, -1, 2, 2, 2, -1, 3, 3, 3, -1)), i32x4.splat(0xff000000));
  }
}

export namespace float {
  @inline export function load(at: usize): Float { return v128.load(at); }
  @inline export function store(at: usize, v: Float): void { v128.store(at, v); }
  @inline export function splat(v: f32): Float { return f32x4.splat(v); }
  @inline export function from(v: Int): Float { return f32x4.convert_i32x4_s(v); }
  @inline export function add(a: Float, b: Float): Float { return f32x4.add(a, b); }
  @inline export function sub(a: Float, b: Float): Float { return f32x4.sub(a, b); }
  @inline export function mul(a: Float, b: Float): Float { return f32x4.mul(a, b); }
  @inline export function div(a: Float, b: Float): Float { return f32x4.div(a, b); }
  @inline export function abs(a: Float): Float { return f32x4.abs(a); }
  @inline export function floor(a: Float): Float { return f32x4.floor(a); }
  @inline export function sqrt(a: Float): Float { return f32x4.sqrt(a); }
  @inline export function eq(a: Float, b: Float): Int { return f32x4.eq(a, b); }
  @inline export function max(a: Float, b: Float): Float { return f32x4.max(a, b); } // NaN if either is
  @inline export function min(a: Float, b: Float): Float { return f32x4.min(a, b); }
  @inline export function above(a: Float, b: Float): Float { return f32x4.pmax(a, b); } // a < b ? b : a
  @inline export function below(a: Float, b: Float): Float { return f32x4.pmin(a, b); } // b < a ? b : a
  @inline export function gt(a: Float, b: Float): Int { return f32x4.gt(a, b); }
  @inline export function le(a: Float, b: Float): Int { return f32x4.le(a, b); }
  /** 1 where the mask is set, else 0. */
  @inline export function one(mask: Int): Float { return v128.and(mask, f32x4.splat(1)); }
}

/** Sixteen cumulative counts, as bytes or, in two vectors, as words. The scalar build leaves them in memory. */
export namespace bins {
  @inline export function open(at: usize): Bins { return v128.load(at); }
  @inline export function keep(at: usize, v: Bins): void { v128.store(at, v); }
  /** Adds the counts at b and subtracts those at c. Every result must fit. */
  @inline export function shift(v: Bins, b: usize, c: usize): Bins { return i8x16.add(i8x16.sub(v, v128.load(c)), v128.load(b)); }
  @inline export function add(v: Bins, b: usize): Bins { return i8x16.add(v, v128.load(b)); }
  @inline export function sub(v: Bins, b: usize): Bins { return i8x16.sub(v, v128.load(b)); }
  /** How many counts are below a limit. The last count always reaches it. */
  @inline export function below(v: Bins, limit: u32): u32 { return ctz(i8x16.bitmask(i8x16.ge_u(v, i8x16.splat(<i8>limit)))); }
  /** The same for the first, or the last, eight counts as words, with bytes at b and c. */
  @inline export function shiftLow(v: Bins, b: usize, c: usize): Bins { return i16x8.add(i16x8.sub(v, v128.load8x8_u(c)), v128.load8x8_u(b)); }
  @inline export function shiftHigh(v: Bins, b: usize, c: usize): Bins { return shiftLow(v, b + 8, c + 8); }
  @inline export function addLow(v: Bins, b: usize): Bins { return i16x8.add(v, v128.load8x8_u(b)); }
  @inline export function addHigh(v: Bins, b: usize): Bins { return addLow(v, b + 8); }
  @inline export function belowWide(low: Bins, high: Bins, limit: u32): u32 {
    const most = i16x8.splat(<i16>limit);
    return ctz(i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.ge_u(low, most), i16x8.ge_u(high, most))));
  }
}

/** Two doubles at a time. */
export namespace pair {
  @inline export function splat(v: f64): Pair { return f64x2.splat(v); }
  @inline export function add(a: Pair, b: Pair): Pair { return f64x2.add(a, b); }
  @inline export function sub(a: Pair, b: Pair): Pair { return f64x2.sub(a, b); }
  @inline export function mul(a: Pair, b: Pair): Pair { return f64x2.mul(a, b); }
  @inline export function div(a: Pair, b: Pair): Pair { return f64x2.div(a, b); }
  /** Clamps to 0..1. Must not be NaN. */
  @inline export function clamp(v: Pair): Pair { return f64x2.pmin(f64x2.splat(1), f64x2.pmax(f64x2.splat(0), v)); }
  /** Per lane: p where |v| is below the limit, else q. */
  @inline export function small(v: Pair, limit: f64, p: Pair, q: Pair): Pair { return v128.bitselect(p, q, f64x2.lt(f64x2.abs(v), f64x2.splat(limit))); }
  @inline export function at(from: usize): Pair { return v128.load(from); }
  @inline export function keep(at: usize, v: Pair): void { v128.store(at, v); }
  /** The first, or the second, lanes of both. */
  @inline export function lower(a: Pair, b: Pair): Pair { return low64(a, b); }
  @inline export function upper(a: Pair, b: Pair): Pair { return high64(a, b); }
  /** Of two vectors of four words (0 to 2^32 - 1), the first or the last two of each. `first` and `second` select further. */
  @inline export function low(a: Int, b: Int): Words { return low32(a, b); }
  @inline export function high(a: Int, b: Int): Words { return high32(a, b); }
  // a word under the exponent 0x43300000 is the double 2^52 + word
  @inline export function first(v: Words): Pair { return f64x2.sub(low32(v, i32x4.splat(0x43300000)), f64x2.splat(4503599627370496)); }
  @inline export function second(v: Words): Pair { return f64x2.sub(high32(v, i32x4.splat(0x43300000)), f64x2.splat(4503599627370496)); }
  @inline export function words(at: usize): Words { return v128.load(at); } // the scalar build alone
  /** The first bytes of two words as doubles; then the second, and the third. */
  @inline export function first8(at: usize): Pair { return f64x2.convert_low_i32x4_s(i8x16.swizzle(v128.load64_zero(at), i8x16(0, -1, -1, -1, 4, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1))); }
  @inline export function second8(at: usize): Pair { return f64x2.convert_low_i32x4_s(i8x16.swizzle(v128.load64_zero(at), i8x16(1, -1, -1, -1, 5, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1))); }
  @inline export function third8(at: usize): Pair { return f64x2.convert_low_i32x4_s(i8x16.swizzle(v128.load64_zero(at), i8x16(2, -1, -1, -1, 6, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1))); }
  /** Stores two pixels of four floats, `step` bytes apart. Each pair holds one channel of both. */
  @inline export function quads(at: usize, step: usize, a: Pair, b: Pair, c: Pair, d: Pair): void {
    const p = f32x4.demote_f64x2_zero(a), q = f32x4.demote_f64x2_zero(b), r = f32x4.demote_f64x2_zero(c), s = f32x4.demote_f64x2_zero(d);
    const pq = low32(p, q), rs = low32(r, s);
    v128.store(at, low64(pq, rs));
    v128.store(at + step, high64(pq, rs));
  }
  /** Stores both lanes as floats, one after the other. */
  @inline export function floats(at: usize, v: Pair): void { v128.store64_lane(at, f32x4.demote_f64x2_zero(v), 0); }
  /** Stores the first lane as a float. */
  @inline export function single(at: usize, v: Pair): void { v128.store32_lane(at, f32x4.demote_f64x2_zero(v), 0); }
}

/** Four adjacent numbers, such as the channels of a pixel or sums over pixels. */
export namespace four {
  /**
   * Sums over pixels (four bytes a, b, c, d): of themselves, of their products with d, of their squares, and of ab, bc, ca. One
   * pixel is added and one subtracted; the sums of the next three pixels follow in memory.
   */
  @inline export function exchange(at: usize, enter: Int, leave: Int): void {
    const low = low8(enter, leave), high = high8(enter, leave);
    each(at, i16x8.extend_low_i8x16_u(low));
    each(at + 64, i16x8.extend_high_i8x16_u(low));
    each(at + 128, i16x8.extend_low_i8x16_u(high));
    each(at + 192, i16x8.extend_high_i8x16_u(high));
  }
  /** The words of the entering and the leaving pixel, in pairs. */
  @inline function each(at: usize, both: v128): void {
    // negating the leaving pixel makes one dot product the difference of two products
    const others = i16x8.mul(both, i32x4.splat(0xffff0001));
    add(at, i32x4.dot_i16x8_s(both, i32x4.splat(0xffff0001)));
    add(at + 16, i32x4.dot_i16x8_s(both, i32x4.shuffle(others, others, 3, 3, 3, 3)));
    add(at + 32, i32x4.dot_i16x8_s(both, others));
    add(at + 48, i32x4.dot_i16x8_s(both, i32x4.shuffle(others, others, 1, 2, 0, 3)));
  }
  // used by the scalar build alone
  @inline export function gain(at: usize, by: usize): void {}
  @inline export function move(at: usize, enter: usize, leave: usize): void {}
  /** at + (enter - leave), where `at` holds doubles and the others are floats. */
  @inline export function lay(at: usize, enter: usize, leave: usize): void {
    v128.store(at, f64x2.add(v128.load(at), f64x2.sub(two(enter), two(leave))));
    v128.store(at, f64x2.add(v128.load(at, 16), f64x2.sub(two(enter + 8), two(leave + 8))), 16);
  }
  @inline function two(at: usize): v128 { return f64x2.promote_low_f32x4(v128.load64_zero(at)); }
  @inline function add(at: usize, by: v128): void { v128.store(at, i32x4.add(v128.load(at), by)); }
}
