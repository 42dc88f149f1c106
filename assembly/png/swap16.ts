// Swaps the bytes of 16-bit samples: PNG's are big-endian. In place if dst is src. Writes up to 14 bytes past the end.
export function swap16(dst: usize, src: usize, n: u32): void {
  const bytes = <usize>n << 1;
  let i: usize = 0;
  if (ASC_FEATURE_SIMD) {
    for (; i < bytes; i += 16) v128.store(dst + i, i8x16.swizzle(v128.load(src + i), i8x16(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14)));
    return;
  }
  for (; i < bytes; i += 2) store<u16>(dst + i, bswap<u16>(load<u16>(src + i, 0, 1)), 0, 1);
}
