// Bytes to 16 bits, v * 257: the byte twice, and so the same in both byte orders. Writes up to 30 bytes past the end.
export function widen(dst: usize, src: usize, n: u32): void {
  let i: usize = 0;
  if (ASC_FEATURE_SIMD) {
    for (; i < n; i += 16) {
      const v = v128.load(src + i);
      v128.store(dst + (i << 1), i8x16.shuffle(v, v, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7));
      v128.store(dst + (i << 1), i8x16.shuffle(v, v, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15), 16);
    }
    return;
  }
  for (; i < n; i++) store<u16>(dst + (i << 1), <u16>load<u8>(src + i) * 257, 0, 1);
}
