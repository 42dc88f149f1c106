// Sums the rows of a box by their weights: one number for every byte of a row; for four channels, alpha and the colours times
// alpha. Numbers are u32, or f64 in the scalar build and where 32 bits are not enough (see `small`).

/** Whether all sums of a picture of this height fit 32 bits: 255, or 255 * 255, for each row. */
@inline export function small(height: u32, channels: u32): bool {
  return ASC_FEATURE_SIMD && height <= (channels == 4 ? 66051 : 16843009);
}

export function down(sums: usize, row: usize, width: u32, channels: u32, height: u32, head: u32, whole: u32, each: u32, tail: u32): void {
  const stride = <usize>width * channels;
  const first = row + (head ? stride : 0), last = first + whole * stride;
  if (!small(height, channels)) plain(sums, row, stride, channels == 4, head, first, whole, each, last, tail);
  else if (ASC_FEATURE_SIMD) {
    if (channels == 4) straight(sums, row, stride, head, first, whole, each, last, tail);
    else bytes(sums, row, stride, head, first, whole, each, last, tail);
  }
}

/** Sixteen bytes a step, down the rows. Up to 257 rows fit 16 bits. */
function bytes(sums: usize, row: usize, stride: usize, head: u32, first: usize, whole: u32, each: u32, last: usize, tail: u32): void {
  for (let x: usize = 0; x < stride; x += 16, sums += 64) {
    let a = i32x4.splat(0), b = a, c = a, d = a, at = first + x;
    for (let left = whole; left; ) {
      const rows = min<u32>(left, 257);
      let low = i16x8.splat(0), high = low;
      for (let k: u32 = 0; k < rows; k++, at += stride) {
        const v = v128.load(at);
        low = i16x8.add(low, i16x8.extend_low_i8x16_u(v));
        high = i16x8.add(high, i16x8.extend_high_i8x16_u(v));
      }
      a = i32x4.add(a, i32x4.extend_low_i16x8_u(low));
      b = i32x4.add(b, i32x4.extend_high_i16x8_u(low));
      c = i32x4.add(c, i32x4.extend_low_i16x8_u(high));
      d = i32x4.add(d, i32x4.extend_high_i16x8_u(high));
      left -= rows;
    }
    const w = i32x4.splat(each), p = i32x4.splat(head), q = i32x4.splat(tail);
    const u = head ? v128.load(row + x) : i32x4.splat(0), v = tail ? v128.load(last + x) : i32x4.splat(0);
    const ul = i16x8.extend_low_i8x16_u(u), uh = i16x8.extend_high_i8x16_u(u), vl = i16x8.extend_low_i8x16_u(v), vh = i16x8.extend_high_i8x16_u(v);
    v128.store(sums, sum(i32x4.mul(a, w), i32x4.extend_low_i16x8_u(ul), p, i32x4.extend_low_i16x8_u(vl), q));
    v128.store(sums, sum(i32x4.mul(b, w), i32x4.extend_high_i16x8_u(ul), p, i32x4.extend_high_i16x8_u(vl), q), 16);
    v128.store(sums, sum(i32x4.mul(c, w), i32x4.extend_low_i16x8_u(uh), p, i32x4.extend_low_i16x8_u(vh), q), 32);
    v128.store(sums, sum(i32x4.mul(d, w), i32x4.extend_high_i16x8_u(uh), p, i32x4.extend_high_i16x8_u(vh), q), 48);
  }
}

/** Four pixels a step, with colours times alpha. */
function straight(sums: usize, row: usize, stride: usize, head: u32, first: usize, whole: u32, each: u32, last: usize, tail: u32): void {
  const w = i32x4.splat(each), p = i32x4.splat(head), q = i32x4.splat(tail), none = i32x4.splat(0);
  for (let x: usize = 0; x < stride; x += 16, sums += 64) {
    let a = none, b = none, c = none, d = none, at = first + x;
    for (let k: u32 = 0; k < whole; k++, at += stride) {
      const v = v128.load(at), low = lows(v), high = highs(v);
      a = i32x4.add(a, i32x4.extend_low_i16x8_u(low));
      b = i32x4.add(b, i32x4.extend_high_i16x8_u(low));
      c = i32x4.add(c, i32x4.extend_low_i16x8_u(high));
      d = i32x4.add(d, i32x4.extend_high_i16x8_u(high));
    }
    const u = head ? v128.load(row + x) : none, v = tail ? v128.load(last + x) : none;
    const ul = lows(u), uh = highs(u), vl = lows(v), vh = highs(v);
    v128.store(sums, sum(i32x4.mul(a, w), i32x4.extend_low_i16x8_u(ul), p, i32x4.extend_low_i16x8_u(vl), q));
    v128.store(sums, sum(i32x4.mul(b, w), i32x4.extend_high_i16x8_u(ul), p, i32x4.extend_high_i16x8_u(vl), q), 16);
    v128.store(sums, sum(i32x4.mul(c, w), i32x4.extend_low_i16x8_u(uh), p, i32x4.extend_low_i16x8_u(vh), q), 32);
    v128.store(sums, sum(i32x4.mul(d, w), i32x4.extend_high_i16x8_u(uh), p, i32x4.extend_high_i16x8_u(vh), q), 48);
  }
}

@inline function sum(a: v128, u: v128, p: v128, v: v128, q: v128): v128 { return i32x4.add(a, i32x4.add(i32x4.mul(u, p), i32x4.mul(v, q))); }

/** Red, green and blue times alpha, and alpha, for the first, or the last, two pixels. */
@inline function lows(v: v128): v128 {
  const alpha = i8x16.swizzle(v, i8x16(3, -1, 3, -1, 3, -1, -1, -1, 7, -1, 7, -1, 7, -1, -1, -1));
  return i16x8.mul(i16x8.extend_low_i8x16_u(v), v128.or(alpha, i16x8(0, 0, 0, 1, 0, 0, 0, 1)));
}
@inline function highs(v: v128): v128 {
  const alpha = i8x16.swizzle(v, i8x16(11, -1, 11, -1, 11, -1, -1, -1, 15, -1, 15, -1, 15, -1, -1, -1));
  return i16x8.mul(i16x8.extend_high_i8x16_u(v), v128.or(alpha, i16x8(0, 0, 0, 1, 0, 0, 0, 1)));
}

/** The same in f64, one number at a time. Whole numbers are exact up to 2 ** 53. */
function plain(sums: usize, row: usize, stride: usize, alpha: bool, head: u32, first: usize, whole: u32, each: u32, last: usize, tail: u32): void {
  for (let x: usize = 0; x < stride; x++, sums += 8) {
    let all: f64 = 0, at = first + x;
    for (let k: u32 = 0; k < whole; k++, at += stride) all += <f64>value(at, x, alpha);
    all *= <f64>each;
    if (head) all += <f64>head * <f64>value(row + x, x, alpha);
    if (tail) all += <f64>tail * <f64>value(last + x, x, alpha);
    store<f64>(sums, all);
  }
}

@inline function value(at: usize, x: usize, alpha: bool): u32 {
  const v: u32 = load<u8>(at), c = x & 3;
  return alpha && c < 3 ? v * load<u8>(at + 3 - c) : v;
}
