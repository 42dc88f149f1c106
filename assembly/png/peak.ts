// The greatest byte of a band of rows, to check once that every palette index is in range.
export function peak(src: usize, n: u32): u32 {
  let most: u32 = 0, i: u32 = 0;
  if (ASC_FEATURE_SIMD) {
    let m = i8x16.splat(0);
    for (; i + 16 <= n; i += 16) m = i8x16.max_u(m, v128.load(src + i));
    m = i8x16.max_u(m, i8x16.shuffle(m, m, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
    for (let k = 0; k < 8; k++) {
      most = max(most, <u32>i8x16.extract_lane_u(m, 0));
      m = i8x16.shuffle(m, m, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0);
    }
  }
  for (; i < n; i++) most = max(most, <u32>load<u8>(src + i));
  return most;
}
