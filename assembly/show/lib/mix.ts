// Mixes a tint over a picture, in 64-bit floats. `block` has an entry for each value of the mask: red, green and blue of the tint
// times cover, 255, twice 1 - cover, cover, and an unused number; then alpha / 255 for each alpha; then, for `whole`, eight
// integers for each value of the mask, times 2 ** 22: the tint and 255 times cover, and four times 1 - cover.

/** log2 of the bytes of an entry. */
const ENTRY: usize = 6;
/** Where the integers begin. */
const WHOLE: usize = (256 << ENTRY) + 2048;
/** Their fraction bits. */
const POINT: i32 = 22;
/** The error of a sum: half a unit, plus half a unit for each of 255. Doubled, so that it is a single bit. */
const OFF: i32 = 256;
/** If a number plus a half plus `OFF` has none of these bits, it is so close to a half that floats might round it otherwise. */
const SURE: i32 = (1 << POINT) - 2 * OFF;
/** Alpha 255. Nothing shines through. */
export const OPAQUE: u32 = 0xff000000;
/** 2 ** 52. Adding it rounds a float to the nearest whole number, half to even, in the low bits. */
const MAGIC: f64 = 4503599627370496;

@inline export function nearest(v: f64): u32 { return <u32><i32>(v + MAGIC - MAGIC); }

/** Over an opaque colour: the result's alpha is 1. */
@inline export function solid(dst: usize, v: u32, p: u32, block: usize): void {
  const at = block + (<usize>v << ENTRY), left = load<f64>(at, 32);
  const r = load<f64>(at) + <f64>(p & 255) * left, g = load<f64>(at, 8) + <f64>(p >> 8 & 255) * left, b = load<f64>(at, 16) + <f64>(p >> 16 & 255) * left;
  store<u32>(dst, nearest(r) | nearest(g) << 8 | nearest(b) << 16 | OPAQUE);
}

/** Over a colour that is not opaque. */
export function through(dst: usize, v: u32, p: u32, block: usize): void {
  const at = block + (<usize>v << ENTRY), below = load<f64>(block + (256 << ENTRY) + (<usize>(p >> 24) << 3)) * load<f64>(at, 32);
  const alpha = load<f64>(at, 48) + below, all = alpha == 0 ? 1 : alpha;
  const r = (load<f64>(at) + <f64>(p & 255) * below) / all, g = (load<f64>(at, 8) + <f64>(p >> 8 & 255) * below) / all;
  const b = (load<f64>(at, 16) + <f64>(p >> 16 & 255) * below) / all;
  store<u32>(dst, nearest(r) | nearest(g) << 8 | nearest(b) << 16 | nearest(255 * alpha) << 24);
}

/** Four times `solid`, in integers if those determine how the floats round. */
@inline export function quad(p: v128, mask: usize, block: usize): v128 {
  const low = i16x8.extend_low_i8x16_u(p), high = i16x8.extend_high_i8x16_u(p);
  const a = whole(i32x4.extend_low_i16x8_u(low), load<u8>(mask), block), b = whole(i32x4.extend_high_i16x8_u(low), load<u8>(mask, 1), block);
  const c = whole(i32x4.extend_low_i16x8_u(high), load<u8>(mask, 2), block), d = whole(i32x4.extend_high_i16x8_u(high), load<u8>(mask, 3), block);
  const sure = i32x4.splat(SURE);
  const least = i32x4.min_u(i32x4.min_u(v128.and(a, sure), v128.and(b, sure)), i32x4.min_u(v128.and(c, sure), v128.and(d, sure)));
  if (!i32x4.all_true(least)) return slow(p, mask, block);
  return i8x16.narrow_i16x8_u(
    i16x8.narrow_i32x4_s(i32x4.shr_u(a, POINT), i32x4.shr_u(b, POINT)),
    i16x8.narrow_i32x4_s(i32x4.shr_u(c, POINT), i32x4.shr_u(d, POINT)),
  );
}

/** Red, green, blue and alpha of a pixel as such integers, with a half and `OFF` added. */
@inline function whole(p: v128, v: u32, block: usize): v128 {
  const at = block + WHOLE + (<usize>v << 5);
  return i32x4.add(i32x4.add(i32x4.mul(p, v128.load(at, 16)), v128.load(at)), i32x4.splat((1 << POINT - 1) + OFF));
}

/** The same in floats. */
function slow(p: v128, mask: usize, block: usize): v128 {
  const z = i32x4.splat(0);
  const a = one(i8x16.shuffle(p, z, 0, 16, 16, 16, 1, 16, 16, 16, 2, 16, 16, 16, 16, 16, 16, 16), load<u8>(mask), block);
  const b = one(i8x16.shuffle(p, z, 4, 16, 16, 16, 5, 16, 16, 16, 6, 16, 16, 16, 16, 16, 16, 16), load<u8>(mask, 1), block);
  const c = one(i8x16.shuffle(p, z, 8, 16, 16, 16, 9, 16, 16, 16, 10, 16, 16, 16, 16, 16, 16, 16), load<u8>(mask, 2), block);
  const d = one(i8x16.shuffle(p, z, 12, 16, 16, 16, 13, 16, 16, 16, 14, 16, 16, 16, 16, 16, 16, 16), load<u8>(mask, 3), block);
  return i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
}

/** Red, green and blue as numbers, and 0. */
@inline function one(p: v128, v: u32, block: usize): v128 {
  const at = block + (<usize>v << ENTRY), left = v128.load(at, 32), magic = f64x2.splat(MAGIC);
  const low = f64x2.add(f64x2.add(v128.load(at), f64x2.mul(f64x2.convert_low_i32x4_u(p), left)), magic);
  const high = f64x2.add(f64x2.add(v128.load(at, 16), f64x2.mul(f64x2.convert_low_i32x4_u(i64x2.shuffle(p, p, 1, 1)), left)), magic);
  return i32x4.shuffle(low, high, 0, 2, 4, 6);
}
