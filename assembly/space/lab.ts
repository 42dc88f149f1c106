// One component of CIE Lab as LittleCMS computes it: tetrahedral interpolation in a grid of 33 nodes a side.
//
// A cell holds its eight corners in 16 bytes: corner 0 less 32768, then the others less corner 0. Bit 0 of a corner's number is
// red, bit 1 green, bit 2 blue. Byte v lies in cell v >> 3, at s / 255 of its width, where s is v rotated left by 5 bits. White
// lies in the last cell with s = 255, so 32 cells a side are enough.
//
// LittleCMS's weight is the 16-bit 257 * s + (s >> 7). Its low bit is set for the axes T with s >= 128 (except white, where it
// would carry) and adds corner T once: `fine`, at most 27 of the 65535 parts of a step after division by 257.
import { Int } from "../lib/lanes";
import { scratch } from "../lib/scratch";
import { high8, high16, high32, high64, low8, low16, low32, low64, sort } from "../lib/shuffle";

const HALF: i32 = 32767; // rounds the quotient by 65535
const NEAR: i32 = 32; // more than `fine` can move a sum

/** The address of a pixel's cell: 5 bits of each channel, times 16 bytes. */
@inline export function place(p: u32): u32 { return (p << 1 & 0x1f0) | (p >> 2 & 0x3e00) | (p >> 5 & 0x7c000); }

@inline function corner(cell: usize, at: u32): i32 { return load<i16>(cell + (at << 1)); }
@inline function across(v: u32): i32 { return (v << 5 | v >> 3) & 255; }
@inline function upper(v: u32): u32 { return v == 255 ? 0 : v >> 2 & 1; }

/** One pixel, exactly. */
export function lab(cells: usize, p: u32): i32 {
  const cell = cells + place(p), r = across(p & 255), g = across(p >> 8 & 255), b = across(p >> 16 & 255);
  const high = max(max(r, g), b), low = min(min(r, g), b), mid = r + g + b - high - low;
  const first = r == high ? 1 : g == high ? 2 : 4, last = b == low ? 4 : g == low ? 2 : 1;
  const sum = 255 * (corner(cell, 0) + 32768) + corner(cell, first) * (high - mid) + corner(cell, 7 - last) * (mid - low) + corner(cell, 7) * low;
  const t = upper(p & 255) | upper(p >> 8 & 255) << 1 | upper(p >> 16 & 255) << 2;
  const fine = t ? (corner(cell, t) + 129 + 257 * NEAR) / 257 - NEAR : 0; // floor, below zero too
  const y = sum + fine + HALF;
  return (y + (y >> 16) + 1) >> 16; // y / 65535
}

/** Four vectors of pixels to bytes. */
@unmanaged
export class Lab {
  @inline at(dst: usize, p: Int, q: Int, r: Int, s: Int): void {
    const cells = changetype<usize>(this);
    if (ASC_FEATURE_SIMD) {
      const offsets = scratch;
      if (estimate(dst, cells, offsets, p, q, r, s)) return;
      v128.store(offsets, p); v128.store(offsets, q, 16); v128.store(offsets, r, 32); v128.store(offsets, s, 48);
      repeat(dst, cells, offsets);
    } else {
      store<u8>(dst, lab(cells, <u32>p), 0); store<u8>(dst, lab(cells, <u32>q), 1);
      store<u8>(dst, lab(cells, <u32>r), 2); store<u8>(dst, lab(cells, <u32>s), 3);
    }
  }
}

function repeat(dst: usize, cells: usize, pixels: usize): void {
  for (let i: usize = 0; i < 16; i++) store<u8>(dst + i, lab(cells, load<u32>(pixels + (i << 2))));
}

/**
 * Sixteen pixels without `fine`. Returns whether all sums are too far from a step for `fine` to matter, which fails for one pixel
 * in a thousand. The weight of corner set S is max(0, least s inside S - greatest s outside): no sorting and no branch.
 */
@inline
function estimate(dst: usize, cells: usize, offsets: usize, p: v128, q: v128, r: v128, s: v128): bool {
  locate(offsets, cells, p, 0); locate(offsets, cells, q, 16); locate(offsets, cells, r, 32); locate(offsets, cells, s, 48);
  p = sort(p); q = sort(q); r = sort(r); s = sort(s);
  const pq = low32(p, q), rs = low32(r, s);
  const R = turn(low64(pq, rs)), G = turn(high64(pq, rs)), B = turn(low64(high32(p, q), high32(r, s)));
  const rg = i8x16.min_u(R, G), rb = i8x16.min_u(R, B), gb = i8x16.min_u(G, B);
  // weights of corners 0..7 for sixteen pixels; corner 0 has full weight
  const w0 = i8x16.splat(-1), w7 = i8x16.min_u(rg, B);
  const w1 = i8x16.sub_sat_u(R, i8x16.max_u(G, B)), w2 = i8x16.sub_sat_u(G, i8x16.max_u(R, B)), w4 = i8x16.sub_sat_u(B, i8x16.max_u(R, G));
  const w3 = i8x16.sub_sat_u(rg, B), w5 = i8x16.sub_sat_u(rb, G), w6 = i8x16.sub_sat_u(gb, R);
  // interleave into pairs, fours, then eights a pixel
  const a01 = low8(w0, w1), a23 = low8(w2, w3), a45 = low8(w4, w5), a67 = low8(w6, w7);
  const b01 = high8(w0, w1), b23 = high8(w2, w3), b45 = high8(w4, w5), b67 = high8(w6, w7);
  const y0 = four(offsets, low16(a01, a23), low16(a45, a67)), y1 = four(offsets + 16, high16(a01, a23), high16(a45, a67));
  const y2 = four(offsets + 32, low16(b01, b23), low16(b45, b67)), y3 = four(offsets + 48, high16(b01, b23), high16(b45, b67));
  v128.store(dst, i8x16.narrow_i16x8_u(
    i16x8.narrow_i32x4_u(i32x4.shr_u(y0, 16), i32x4.shr_u(y1, 16)), i16x8.narrow_i32x4_u(i32x4.shr_u(y2, 16), i32x4.shr_u(y3, 16))));
  const least = i32x4.min_u(i32x4.min_u(gap(y0), gap(y1)), i32x4.min_u(gap(y2), gap(y3)));
  return !v128.any_true(i32x4.lt_u(least, i32x4.splat(NEAR << 17)));
}

@inline function locate(offsets: usize, cells: usize, p: v128, at: usize): void {
  const r = v128.and(i32x4.shl(p, 1), i32x4.splat(0x1f0)), g = v128.and(i32x4.shr_u(p, 2), i32x4.splat(0x3e00));
  const b = v128.and(i32x4.shr_u(p, 5), i32x4.splat(0x7c000));
  v128.store(offsets + at, i32x4.add(v128.or(v128.or(r, g), b), i32x4.splat(<i32>cells)));
}
/** Quotients and remainders of four pixels by 65535, from the weights of their corners. */
@inline function four(offsets: usize, low: v128, high: v128): v128 {
  const ab = low32(low, high), cd = high32(low, high);
  const a = one(load<u32>(offsets), i16x8.extend_low_i8x16_u(ab)), b = one(load<u32>(offsets, 4), i16x8.extend_high_i8x16_u(ab));
  const c = one(load<u32>(offsets, 8), i16x8.extend_low_i8x16_u(cd)), d = one(load<u32>(offsets, 12), i16x8.extend_high_i8x16_u(cd));
  const x = i32x4.add(low32(a, b), high32(a, b)), z = i32x4.add(low32(c, d), high32(c, d));
  const y = i32x4.add(i32x4.add(low64(x, z), high64(x, z)), i32x4.splat(255 * 32768 + HALF));
  return i32x4.add(i32x4.add(y, i32x4.shr_u(y, 16)), i32x4.splat(1));
}
@inline function one(cell: usize, weights: v128): v128 { return i32x4.dot_i16x8_s(v128.load(cell), weights); }
@inline function gap(y: v128): v128 { return i32x4.shl(i32x4.add(y, i32x4.splat(NEAR)), 16); }
@inline function turn(v: v128): v128 { return v128.or(i8x16.shl(v, 5), i8x16.shr_u(v, 3)); }
