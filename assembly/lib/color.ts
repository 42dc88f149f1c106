// Colours as keys, R | G << 8 | B << 16 | A << 24, for counting.

@inline export function color(src: usize, channels: u32): u32 {
  if (channels == 4) return load<u32>(src);
  return channels == 3 ? <u32>load<u8>(src) | <u32>load<u8>(src + 1) << 8 | <u32>load<u8>(src + 2) << 16 : <u32>load<u8>(src);
}

/** 32 well mixed bits: the golden ratio's, as Knuth has it. */
@inline export function mixed(key: u32): u32 { const h = key * 0x9e3779b1; return h ^ h >> 15; }
