// Runs of one key (lib/color.ts). Segmentation maps consist of them; photographs have almost none.

/** One bit for each of 64 keys, set where the next key differs. */
export function ends(src: usize): u64 {
  let cut: u64 = 0;
  if (ASC_FEATURE_SIMD) for (let i: u64 = 0; i < 64; i += 16) cut |= <u64>ends16(src + <usize>(i << 2)) << i;
  else for (let i: u64 = 0; i < 64; i++) cut |= u64(key(src, <usize>i) != key(src, <usize>i + 1)) << i;
  return cut;
}
@inline function key(src: usize, i: usize): u32 { return load<u32>(src + (i << 2)); }

@inline function ends16(src: usize): u32 {
  const a = i16x8.narrow_i32x4_s(same(src), same(src + 16)), b = i16x8.narrow_i32x4_s(same(src + 32), same(src + 48));
  return i8x16.bitmask(i8x16.narrow_i16x8_s(a, b)) ^ 0xffff;
}
@inline function same(src: usize): v128 { return i32x4.eq(v128.load(src), v128.load(src, 4)); }
