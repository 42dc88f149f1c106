// Pillow's HSV in whole numbers. Pillow's chain of float and double steps ends below the exact quotient in only 64 cases, all of
// them hues that are whole 255ths of a turn. `falls` lists them.
import { Byte, Float, Int, byte, float, int, word } from "../lib/lanes";

@inline export function brightness(r: Byte, g: Byte, b: Byte): Byte { return byte.max(byte.max(r, g), b); }
@inline function range(r: Byte, g: Byte, b: Byte): Byte { return byte.sub(brightness(r, g, b), byte.min(byte.min(r, g), b)); }

/** a / b in single floats. The error is far smaller than 1 / 510, the least distance of these quotients from a whole number. */
@inline function ratio(a: Int, b: Int): Float { return float.div(float.from(a), float.from(b)); }

@inline export function saturation(r: Byte, g: Byte, b: Byte): Byte {
  const d = range(r, g, b), top = brightness(r, g, b), all = word.splat(255);
  const n0 = word.mul(word.low(d), all), n1 = word.mul(word.high(d), all), t0 = word.low(top), t1 = word.high(top);
  return int.narrow(part(int.low(n0), int.low(t0)), part(int.high(n0), int.high(t0)), part(int.low(n1), int.low(t1)), part(int.high(n1), int.high(t1)));
}
@inline function part(d: Int, top: Int): Int { return int.whole(float.floor(ratio(d, top))); } // black is 0 / 0, NaN, 0

@inline export function hue(r: Byte, g: Byte, b: Byte): Byte {
  const d = range(r, g, b), top = brightness(r, g, b), red = byte.eq(r, top), green = byte.eq(g, top); // red first, then green
  // the hue starts at a third of a turn, a whole number of 255ths, plus 85 (plus - minus) / 2 d
  const third = byte.select(red, byte.lt(g, b), byte.xor(green, byte.splat(170))); // 255 or 0, 85, 170
  const plus = byte.select(red, g, byte.select(green, b, r)), minus = byte.select(red, b, byte.select(green, r, g));
  const low = byte.low(plus, minus), high = byte.high(plus, minus), d0 = word.low(d), d1 = word.high(d), e0 = word.add(d0, d0), e1 = word.add(d1, d1);
  const w = ratio(int.lowDot(low, 85, -85), int.low(e0)), x = ratio(int.highDot(low, 85, -85), int.high(e0));
  const y = ratio(int.lowDot(high, 85, -85), int.low(e1)), z = ratio(int.highDot(high, 85, -85), int.high(e1)); // gray is 0 / 0, NaN, 0
  const fw = float.floor(w), fx = float.floor(x), fy = float.floor(y), fz = float.floor(z);
  const q = byte.plus(third, int.narrow(int.whole(fw), int.whole(fx), int.whole(fy), int.whole(fz)));
  const exact = int.masks(float.eq(w, fw), float.eq(x, fx), float.eq(y, fy), float.eq(z, fz));
  return byte.sub(q, byte.min(falls(q), byte.and(exact, byte.splat(1))));
}

// The 64 hues by their upper and lower four bits: ROWS has the kinds, as bits, of each row of sixteen, COLUMNS the kinds in
// which each column falls. From bit 0 on the kinds' columns are 1 to 15, 8 and 12, 0 4 8, all odd, 1 5 9 13, 0 and 8, 3, 1.
const ROWS: usize = memory.data<u8>([1, 33, 0, 0, 0, 2, 4, 0, 8, 80, 16, 48, 16, 128, 0, 0]);
const COLUMNS: usize = memory.data<u8>([36, 153, 1, 73, 5, 25, 1, 9, 39, 25, 1, 9, 3, 25, 1, 9]);

/** Not 0 if Pillow's hue is one lower than an exact q. */
@inline function falls(q: Byte): Byte { return byte.and(byte.entry(ROWS, byte.shr(q, 4)), byte.entry(COLUMNS, byte.and(q, byte.splat(15)))); }
