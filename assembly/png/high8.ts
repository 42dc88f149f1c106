// The high byte of 16-bit samples, as libpng's png_set_strip_16 does: no rounding. Writes up to 15 bytes past the end.
export function high8(dst: usize, src: usize, n: u32): void {
  let i: usize = 0;
  if (ASC_FEATURE_SIMD) {
    for (; i < n; i += 16) {
      const a = i16x8.shr_u(v128.load(src + (i << 1)), 8), b = i16x8.shr_u(v128.load(src + (i << 1), 16), 8);
      v128.store(dst + i, i8x16.narrow_i16x8_u(a, b));
    }
    return;
  }
  for (; i < n; i++) store<u8>(dst + i, load<u8>(src + (i << 1), 1));
}
