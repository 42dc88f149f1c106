// Applies one filter to one row, to write it or only to weigh it. a left, b above, c above left, as in the PNG specification.

@inline function predict(a: i32, b: i32, c: i32, filter: u32): i32 {
  if (filter == 0) return 0;
  if (filter == 1) return a;
  if (filter == 2) return b;
  if (filter == 3) return (a + b) >> 1;
  const p = b - c, q = a - c, pa = abs(p), pb = abs(q), pc = abs(p + q);
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

@inline function byte(row: usize, above: usize, i: usize, bpp: u32, filter: u32): i32 {
  const left = i >= bpp;
  const a = left ? <i32>load<u8>(row + i - bpp) : 0, c = left ? <i32>load<u8>(above + i - bpp) : 0;
  return (<i32>load<u8>(row + i) - predict(a, <i32>load<u8>(above + i), c, filter)) & 255;
}

@inline function half(a: v128, b: v128, c: v128): v128 {
  const p = i16x8.sub(b, c), q = i16x8.sub(a, c), pa = i16x8.abs(p), pb = i16x8.abs(q), pc = i16x8.abs(i16x8.add(p, q));
  const least = i16x8.min_s(pc, i16x8.min_s(pa, pb));
  return v128.bitselect(a, v128.bitselect(b, c, i16x8.eq(least, pb)), i16x8.eq(least, pa));
}

/** Sixteen bytes from i on, i >= bpp. */
@inline function sixteen(row: usize, above: usize, i: usize, bpp: u32, filter: u32): v128 {
  const x = v128.load(row + i);
  if (filter == 0) return x;
  if (filter == 1) return i8x16.sub(x, v128.load(row + i - bpp));
  const b = v128.load(above + i);
  if (filter == 2) return i8x16.sub(x, b);
  const a = v128.load(row + i - bpp);
  if (filter == 3) return i8x16.sub(x, i8x16.sub(i8x16.avgr_u(a, b), v128.and(v128.xor(a, b), i8x16.splat(1))));
  const c = v128.load(above + i - bpp);
  const low = half(i16x8.extend_low_i8x16_u(a), i16x8.extend_low_i8x16_u(b), i16x8.extend_low_i8x16_u(c));
  const high = half(i16x8.extend_high_i8x16_u(a), i16x8.extend_high_i8x16_u(b), i16x8.extend_high_i8x16_u(c));
  return i8x16.sub(x, i8x16.narrow_i16x8_u(low, high));
}

export function one(out: usize, row: usize, above: usize, n: usize, bpp: u32, filter: u32): void {
  let i: usize = 0;
  if (filter == 0) { memory.copy(out, row, n); return; }
  if (ASC_FEATURE_SIMD) {
    for (; i < bpp && i < n; i++) store<u8>(out + i, <u8>byte(row, above, i, bpp, filter));
    // One loop for each filter, so that the filter is not tested again for every vector.
    if (filter == 1) for (; i < n; i += 16) v128.store(out + i, sixteen(row, above, i, bpp, 1));
    else if (filter == 2) for (; i < n; i += 16) v128.store(out + i, sixteen(row, above, i, bpp, 2));
    else if (filter == 3) for (; i < n; i += 16) v128.store(out + i, sixteen(row, above, i, bpp, 3));
    else for (; i < n; i += 16) v128.store(out + i, sixteen(row, above, i, bpp, 4));
    return;
  }
  for (; i < n; i++) store<u8>(out + i, <u8>byte(row, above, i, bpp, filter));
}

@inline function absolute(v: v128, sums: v128): v128 {
  return i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(i8x16.abs(v))));
}

@inline function vectors(row: usize, above: usize, i: usize, stop: usize, bpp: u32, filter: u32): u32 {
  let sums = i32x4.splat(0);
  for (let at = i; at < stop; at += 16) sums = absolute(sixteen(row, above, at, bpp, filter), sums);
  return i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
}

/** The sum of the filtered bytes' distances from 0. Stops once it reaches `least`. */
export function weigh(row: usize, above: usize, n: usize, bpp: u32, filter: u32, least: u32): u32 {
  let total: u32 = 0, i: usize = 0;
  if (ASC_FEATURE_SIMD) {
    for (; i < bpp && i < n; i++) total += distance(row, above, i, bpp, filter);
    while (i + 16 <= n && total < least) {
      const whole = i + ((n - i) & ~15), stop = whole < i + 4096 ? whole : i + 4096;
      if (filter == 0) total += vectors(row, above, i, stop, bpp, 0);
      else if (filter == 1) total += vectors(row, above, i, stop, bpp, 1);
      else if (filter == 2) total += vectors(row, above, i, stop, bpp, 2);
      else if (filter == 3) total += vectors(row, above, i, stop, bpp, 3);
      else total += vectors(row, above, i, stop, bpp, 4);
      i = stop;
    }
  }
  for (; i < n && total < least; i++) total += distance(row, above, i, bpp, filter);
  return total;
}

@inline function distance(row: usize, above: usize, i: usize, bpp: u32, filter: u32): u32 {
  const v = <u32>byte(row, above, i, bpp, filter);
  return v < 128 ? v : 256 - v;
}
