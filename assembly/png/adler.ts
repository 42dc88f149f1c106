// Adler-32 (RFC 1950, 8.2), sixteen bytes at a time. `sum` is 1 at the start of a stream.
const PRIME: u32 = 65521;
const SPAN: u32 = 5552; // the most bytes before a u32 could overflow, a multiple of 16

export function adler(src: usize, n: u32, sum: u32): u32 {
  let a = sum & 0xffff, b = sum >> 16, at = src, left = n;
  while (left) {
    let span = left < SPAN ? left : SPAN;
    left -= span;
    if (ASC_FEATURE_SIMD) {
      const vectors = span >> 4;
      if (vectors) {
        // b grows by 16 times a for each vector, by 16 times the sums before it, and by the bytes weighted 16 to 1
        let sums = i32x4.splat(0), before = i32x4.splat(0), weighted = i32x4.splat(0);
        for (let i: u32 = 0; i < vectors; i++) {
          const v = v128.load(at);
          at += 16;
          before = i32x4.add(before, sums);
          sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(v)));
          weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(v), i16x8(16, 15, 14, 13, 12, 11, 10, 9)));
          weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(v), i16x8(8, 7, 6, 5, 4, 3, 2, 1)));
        }
        b += a * (vectors << 4) + total(i32x4.add(i32x4.shl(before, 4), weighted));
        a += total(sums);
        span &= 15;
      }
    }
    for (let i: u32 = 0; i < span; i++) {
      a += load<u8>(at++);
      b += a;
    }
    a %= PRIME;
    b %= PRIME;
  }
  return (b << 16) | a;
}

function total(v: v128): u32 {
  return i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3);
}
