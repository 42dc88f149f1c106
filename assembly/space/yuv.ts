// Pillow's YCbCr. Each term is a table entry rounded on its own, trunc(coefficient * 64 * v + 0.5), so one dot product would
// differ. The multiply-shifts below give all 256 entries of each table exactly, and only with these additive constants.
import { Int, int } from "../lib/lanes";

@inline function term(v: Int, times: i32, plus: i32, by: i32): Int { return int.shr(int.add(int.mul(v, int.splat(times)), int.splat(plus)), by); }
/** A term with a negative coefficient, as its magnitude, because truncation rounds towards zero. */
@inline function less(v: Int, times: i32, minus: i32, by: i32): Int {
  return int.max(int.shr(int.sub(int.mul(v, int.splat(times)), int.splat(minus)), by), int.splat(0));
}
@inline function centre(sum: Int): Int { return int.add(int.shr(sum, 6), int.splat(128)); }

@inline export function luminance(r: Int, g: Int, b: Int): Int {
  return int.shr(int.add(int.add(term(r, 39191, 964, 11), term(g, 153879, 1988, 12)), term(b, 59769, 4074, 13)), 6);
}
@inline export function blueness(r: Int, g: Int, b: Int): Int {
  return centre(int.sub(int.sub(int.shl(b, 5), less(r, 5529, 215, 9)), less(g, 10855, 298, 9)));
}
@inline export function redness(r: Int, g: Int, b: Int): Int {
  return centre(int.sub(int.sub(int.shl(r, 5), less(g, 109757, 2036, 12)), less(b, 21315, 2060, 12)));
}
