// Gray (channels 1), gray and alpha (2) or RGB (3) of 8 bits to RGBA. Pixels equal to `key`, r | g << 8 | b << 16, become
// transparent; -1 means no key. Writes up to 12 bytes past the end.
const SOLID: u32 = 0xff000000;

export function opaque(dst: usize, src: usize, n: u32, channels: u32, key: i32): void {
  let i: usize = 0;
  if (ASC_FEATURE_SIMD) {
    const solid = i32x4.splat(SOLID);
    if (channels == 1) {
      for (; i < n; i += 4) {
        v128.store(dst + (i << 2), v128.or(i8x16.swizzle(v128.load32_zero(src + i), i8x16(0, 0, 0, -1, 1, 1, 1, -1, 2, 2, 2, -1, 3, 3, 3, -1)), solid));
      }
    } else if (channels == 2) {
      for (; i < n; i += 4) {
        v128.store(dst + (i << 2), i8x16.swizzle(v128.load64_zero(src + (i << 1)), i8x16(0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 4, 5, 6, 6, 6, 7)));
      }
    } else {
      const rgb = i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1), k = i32x4.splat(key);
      for (; i < n; i += 4) {
        const v = i8x16.swizzle(v128.load(src + i * 3), rgb);
        v128.store(dst + (i << 2), v128.or(v, v128.andnot(solid, i32x4.eq(v, k))));
      }
    }
    return;
  }
  for (; i < n; i++) {
    let v: u32;
    if (channels == 1) v = <u32>load<u8>(src + i) * 0x010101 | SOLID;
    else if (channels == 2) v = <u32>load<u8>(src + (i << 1)) * 0x010101 | (<u32>load<u8>(src + (i << 1), 1) << 24);
    else {
      v = <u32>load<u8>(src + i * 3) | (<u32>load<u8>(src + i * 3, 1) << 8) | (<u32>load<u8>(src + i * 3, 2) << 16);
      if (v != <u32>key) v |= SOLID;
    }
    store<u32>(dst + (i << 2), v, 0, 1);
  }
}
