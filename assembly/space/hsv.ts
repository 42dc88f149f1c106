// Pillow's HSV in whole numbers. Its chain of float and double steps ends below the exact quotient in 64 cases only, all of
// them hues that are whole numbers of 255ths of a turn; `FALLS` holds one bit for each.
import { Float, Int, float, int } from "../lib/lanes";

const FALLS: usize = memory.data<u32>([0xfffffffe, 0x00000000, 0x11000000, 0x00000111, 0x222aaaaa, 0x23232222, 0x00022222, 0x00000000]);

@inline function quotient(a: Int, b: Int): Int { return int.clip(float.div(float.from(a), float.from(b))); }

@inline export function hue(r: Int, g: Int, b: Int): Int {
  const top = int.max(int.max(r, g), b), d = int.sub(top, int.min(int.min(r, g), b)), d2 = int.add(d, d);
  // sixths of a turn times d: red first, then green, then blue, where two are equally high
  let n = int.select(int.eq(r, top), int.sub(g, b),
    int.select(int.eq(g, top), int.add(d2, int.sub(b, r)), int.add(int.add(d2, d2), int.sub(r, g))));
  n = int.add(n, int.and(int.shr(n, 31), int.mul(d, int.splat(6))));
  const n85 = int.times(n, int.splat(85)), q = quotient(n85, d2); // gray is 0 / 0, NaN, 0
  const exact = int.eq(n85, int.times(q, d2));
  return int.any(exact) ? int.sub(q, int.and(exact, int.bit(FALLS, q))) : q;
}

@inline export function saturation(r: Int, g: Int, b: Int): Int {
  const top = int.max(int.max(r, g), b), d = int.sub(top, int.min(int.min(r, g), b));
  return quotient(int.times(d, int.splat(255)), top);
}

@inline export function brightness(r: Int, g: Int, b: Int): Int { return int.max(int.max(r, g), b); }
