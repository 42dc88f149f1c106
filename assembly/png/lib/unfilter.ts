// Undoes each of PNG's filters for one row. bpp: bytes of a pixel, at least 1. Letters as in the PNG specification: x the byte
// sent, a to the left, b above, c above to the left.

/** v moved up by n bytes, zeros below. */
@inline function shift1(v: v128): v128 { return i8x16.shuffle(v, i8x16.splat(0), 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14); }
@inline function shift2(v: v128): v128 { return i8x16.shuffle(v, i8x16.splat(0), 16, 17, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13); }
@inline function shift4(v: v128): v128 { return i8x16.shuffle(v, i8x16.splat(0), 16, 17, 18, 19, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11); }
@inline function shift8(v: v128): v128 { return i8x16.shuffle(v, i8x16.splat(0), 16, 17, 18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4, 5, 6, 7); }

export function sub(dst: usize, src: usize, n: usize, bpp: u32): void {
  let i: usize = 0;
  if (ASC_FEATURE_SIMD) {
    let a = i8x16.splat(0);
    if (bpp == 1) {
      for (; i < n; i += 16) {
        let x = v128.load(src + i);
        x = i8x16.add(x, shift1(x)); x = i8x16.add(x, shift2(x)); x = i8x16.add(x, shift4(x)); x = i8x16.add(x, shift8(x));
        a = i8x16.add(x, i8x16.splat(i8x16.extract_lane_u(a, 15)));
        v128.store(dst + i, a);
      }
      return;
    }
    if (bpp == 2) {
      for (; i < n; i += 16) {
        let x = v128.load(src + i);
        x = i8x16.add(x, shift2(x)); x = i8x16.add(x, shift4(x)); x = i8x16.add(x, shift8(x));
        a = i8x16.add(x, i16x8.splat(<i16>i16x8.extract_lane_u(a, 7)));
        v128.store(dst + i, a);
      }
      return;
    }
    if (bpp == 4) {
      for (; i < n; i += 16) {
        let x = v128.load(src + i);
        x = i8x16.add(x, shift4(x)); x = i8x16.add(x, shift8(x));
        a = i8x16.add(x, i32x4.splat(i32x4.extract_lane(a, 3)));
        v128.store(dst + i, a);
      }
      return;
    }
    if (bpp == 8) {
      for (; i < n; i += 16) {
        let x = v128.load(src + i);
        x = i8x16.add(x, shift8(x));
        a = i8x16.add(x, i64x2.splat(i64x2.extract_lane(a, 1)));
        v128.store(dst + i, a);
      }
      return;
    }
    // bpp 3 and 6: one pixel a step; the next step overwrites what is stored beyond it
    for (; i < n; i += bpp) {
      a = i8x16.add(a, v128.load(src + i));
      v128.store64_lane(dst + i, a, 0);
    }
    return;
  }
  for (; i < bpp; i++) store<u8>(dst + i, load<u8>(src + i));
  for (; i < n; i++) store<u8>(dst + i, load<u8>(src + i) + load<u8>(dst + i - bpp));
}

export function up(dst: usize, src: usize, prior: usize, n: usize): void {
  let i: usize = 0;
  if (ASC_FEATURE_SIMD) {
    for (; i < n; i += 16) v128.store(dst + i, i8x16.add(v128.load(src + i), v128.load(prior + i)));
    return;
  }
  for (; i < n; i++) store<u8>(dst + i, load<u8>(src + i) + load<u8>(prior + i));
}

export function average(dst: usize, src: usize, prior: usize, n: usize, bpp: u32): void {
  let i: usize = 0;
  if (ASC_FEATURE_SIMD) {
    if (bpp >= 3) {
      // PNG rounds down and avgr up, so complement: ~(x + (a + b >> 1)) is avgr(~a, ~b) - x, two steps from pixel to pixel
      let a = i8x16.splat(-1);
      for (; i < n; i += bpp) {
        a = i8x16.sub(i8x16.avgr_u(a, v128.not(v128.load(prior + i))), v128.load(src + i));
        v128.store64_lane(dst + i, v128.not(a), 0);
      }
      return;
    }
  }
  for (; i < bpp; i++) store<u8>(dst + i, load<u8>(src + i) + (load<u8>(prior + i) >> 1));
  for (; i < n; i++) store<u8>(dst + i, load<u8>(src + i) + <u8>((<u32>load<u8>(dst + i - bpp) + <u32>load<u8>(prior + i)) >> 1));
}

/** The neighbour nearest to a + b - c; ties go to a, then b. */
@inline function nearest(a: v128, b: v128, c: v128): v128 {
  const p = i16x8.sub(b, c), q = i16x8.sub(a, c);
  const pa = i16x8.abs(p), pb = i16x8.abs(q), pc = i16x8.abs(i16x8.add(p, q));
  const least = i16x8.min_s(pc, i16x8.min_s(pa, pb));
  return v128.bitselect(a, v128.bitselect(b, c, i16x8.eq(least, pb)), i16x8.eq(least, pa));
}

@inline function nearest1(a: i32, b: i32, c: i32): i32 {
  const p = b - c, q = a - c, pa = abs(p), pb = abs(q), pc = abs(p + q);
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

export function paeth(dst: usize, src: usize, prior: usize, n: usize, bpp: u32): void {
  let i: usize = 0;
  if (ASC_FEATURE_SIMD) {
    if (bpp >= 3) {
      const low = i16x8.splat(255);
      let a = i16x8.splat(0), c = a;
      for (; i < n; i += bpp) {
        const b = v128.load8x8_u(prior + i);
        a = v128.and(i16x8.add(nearest(a, b, c), v128.load8x8_u(src + i)), low);
        c = b;
        v128.store64_lane(dst + i, i8x16.narrow_i16x8_u(a, a), 0);
      }
      return;
    }
  }
  if (bpp == 1) {
    let a = 0, c = 0;
    for (; i < n; i++) {
      const b = <i32>load<u8>(prior + i);
      a = (nearest1(a, b, c) + <i32>load<u8>(src + i)) & 255;
      c = b;
      store<u8>(dst + i, <u8>a);
    }
    return;
  }
  for (; i < bpp; i++) store<u8>(dst + i, load<u8>(src + i) + load<u8>(prior + i));
  for (; i < n; i++) {
    const m = nearest1(<i32>load<u8>(dst + i - bpp), <i32>load<u8>(prior + i), <i32>load<u8>(prior + i - bpp));
    store<u8>(dst + i, <u8>(m + <i32>load<u8>(src + i)));
  }
}

/** Rows 0 (low lanes) and 1 (high lanes, one pixel behind). Row 1's b is the pixel that row 0 has just made. bpp 3 or 4. */
export function paeth2(dst0: usize, dst1: usize, src0: usize, src1: usize, prior: usize, n: usize, bpp: u32): void {
  const low = i16x8.splat(255);
  let a = i16x8.splat(0), c = a, x: v128, b: v128;
  b = v128.load8x8_u(prior);
  b = i64x2.replace_lane(b, 1, 0);
  // Row 0 begins alone. Row 1 sees x = 0 and a, b, c = 0, and so stays 0.
  x = i64x2.replace_lane(v128.load8x8_u(src0), 1, 0);
  a = v128.and(i16x8.add(nearest(a, b, c), x), low);
  c = b;
  v128.store32_lane(dst0, i8x16.narrow_i16x8_u(a, a), 0);
  for (let i: usize = bpp; i < n; i += bpp) {
    b = i8x16.shuffle(v128.load8x8_u(prior + i), a, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
    x = i16x8.extend_low_i8x16_u(v128.load32_lane(src1 + i - bpp, v128.load32_zero(src0 + i), 1));
    a = v128.and(i16x8.add(nearest(a, b, c), x), low);
    c = b;
    const v = i8x16.narrow_i16x8_u(a, a);
    // Row 0's last four-byte store would overwrite the first byte of row 1, which is already written, so with bpp 3 it stores
    // three.
    if (bpp == 3 && i + bpp >= n) {
      v128.store16_lane(dst0 + i, v, 0);
      v128.store8_lane(dst0 + i + 2, v, 2);
    } else v128.store32_lane(dst0 + i, v, 0);
    v128.store32_lane(dst1 + i - bpp, v, 1);
  }
  // Row 1 ends alone.
  b = i8x16.shuffle(c, a, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
  x = i8x16.shuffle(i8x16.splat(0), i16x8.extend_low_i8x16_u(v128.load32_zero(src1 + n - bpp)), 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
  a = v128.and(i16x8.add(nearest(a, b, c), x), low);
  v128.store32_lane(dst1 + n - bpp, i8x16.narrow_i16x8_u(a, a), 1);
}
