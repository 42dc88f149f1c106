// Colours as keys, R | G << 8 | B << 16 | A << 24, for counting.

@inline export function color(src: usize, channels: u32): u32 {
  if (channels == 4) return load<u32>(src);
  return channels == 3 ? <u32>load<u8>(src) | <u32>load<u8>(src + 1) << 8 | <u32>load<u8>(src + 2) << 16 : <u32>load<u8>(src);
}

/** 32 well mixed bits: the golden ratio's, as Knuth has it. */
@inline export function mixed(key: u32): u32 { const h = key * 0x9e3779b1; return h ^ h >> 15; }

/** The end of the run of pixels of this colour that begins at `src`. */
@inline export function after(src: usize, end: usize, channels: u32, key: u32): usize {
  if (channels == 4) {
    src += 4;
    if (ASC_FEATURE_SIMD) {
      if (src < end && load<u32>(src) == key) { // in flat pictures runs are long, in photographs there are none
        const keys = i32x4.splat(<i32>key);
        while (src + 16 <= end && i32x4.all_true(i32x4.eq(v128.load(src), keys))) src += 16;
      }
    }
    while (src < end && load<u32>(src) == key) src += 4;
    return src;
  }
  do src += channels; while (src < end && color(src, channels) == key);
  return src;
}
