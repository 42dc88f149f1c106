// Pillow's HSV in whole numbers. Its chain of float and double steps ends below the exact quotient in 64 cases only, all of
// them hues that are whole numbers of 255ths of a turn; `FALLS` holds one bit for each.
import { Byte, Float, Int, Word, byte, float, int, word } from "../lib/lanes";

const FALLS: usize = memory.data<u32>([0xfffffffe, 0x00000000, 0x11000000, 0x00000111, 0x222aaaaa, 0x23232222, 0x00022222, 0x00000000]);

@inline export function brightness(r: Byte, g: Byte, b: Byte): Byte { return byte.max(byte.max(r, g), b); }
@inline function range(r: Byte, g: Byte, b: Byte): Byte { return byte.sub(brightness(r, g, b), byte.min(byte.min(r, g), b)); }

/** a / b as single floats: far nearer the quotient than the 1 / 510 that any quotient here keeps from a whole number. */
@inline function ratio(a: Int, b: Int, times: f32): Float { return float.div(float.mul(float.from(a), float.splat(times)), float.from(b)); }

@inline export function saturation(r: Byte, g: Byte, b: Byte): Byte {
  const d = range(r, g, b), top = brightness(r, g, b), d0 = word.low(d), d1 = word.high(d), t0 = word.low(top), t1 = word.high(top);
  return int.narrow(part(int.low(d0), int.low(t0)), part(int.high(d0), int.high(t0)), part(int.low(d1), int.low(t1)), part(int.high(d1), int.high(t1)));
}
@inline function part(d: Int, top: Int): Int { return int.whole(float.floor(ratio(d, top, 255))); } // black is 0 / 0, NaN, 0

@inline export function hue(r: Byte, g: Byte, b: Byte): Byte {
  const d = range(r, g, b), top = brightness(r, g, b), red = byte.eq(r, top), green = byte.eq(g, top); // red first, then green
  // n sixths of a turn, in units of d: `turns` * d + plus - minus
  const plus = byte.select(red, g, byte.select(green, b, r)), minus = byte.select(red, b, byte.select(green, r, g));
  const turns = byte.select(red, byte.and(byte.lt(g, b), byte.splat(6)), byte.select(green, byte.splat(2), byte.splat(4)));
  const d0 = word.low(d), d1 = word.high(d);
  const n0 = sixths(word.low(turns), d0, word.low(plus), word.low(minus)), n1 = sixths(word.high(turns), d1, word.high(plus), word.high(minus));
  const w = ratio(int.low(n0), int.low(d0), 42.5), x = ratio(int.high(n0), int.high(d0), 42.5);
  const y = ratio(int.low(n1), int.low(d1), 42.5), z = ratio(int.high(n1), int.high(d1), 42.5); // gray is 0 / 0, NaN, 0
  const fw = float.floor(w), fx = float.floor(x), fy = float.floor(y), fz = float.floor(z);
  const q = int.narrow(int.whole(fw), int.whole(fx), int.whole(fy), int.whole(fz));
  const exact = int.masks(float.eq(w, fw), float.eq(x, fx), float.eq(y, fy), float.eq(z, fz));
  return byte.sub(q, byte.and(exact, byte.bit(FALLS, q)));
}
@inline function sixths(turns: Word, d: Word, plus: Word, minus: Word): Word { return word.add(word.mul(turns, d), word.sub(plus, minus)); }
