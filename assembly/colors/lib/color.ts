// Colours as keys, R | G << 8 | B << 16 | A << 24, for counting and finding them.

/** Any odd number. Knuth's golden ratio until `stir` sets another. */
let mixer: u32 = 0x9e3779b1;
export function mixBy(odd: u32): void { mixer = odd | 1; }

/** The upper bits are well mixed: for two keys, at most one mixer in 2^(n - 1) gives the same first n bits. */
@inline export function hash(key: u32): u32 { return key * mixer; }

/** The end of the run of this key that begins at `src`. */
@inline export function after(src: usize, end: usize, key: u32): usize {
  src += 4;
  if (ASC_FEATURE_SIMD) {
    // runs are long in flat pictures and absent in photographs
    if (src >= end || load<u32>(src) != key) return src;
    for (const keys = i32x4.splat(<i32>key); src < end; src += 32) {
      const same = i32x4.bitmask(i32x4.eq(v128.load(src), keys)) | i32x4.bitmask(i32x4.eq(v128.load(src, 16), keys)) << 4;
      if (same != 255) return min(src + (ctz(~same) << 2), end);
    }
    return end;
  }
  while (src < end && load<u32>(src) == key) src += 4;
  return src;
}

/** Bits of the hash that index the flags, one byte each. */
export const FLAGS: u32 = 13;

@inline export function flagOf(key: u32): u32 { return hash(key) >> 32 - FLAGS; }

/** True where none of the sixteen keys from `src` on has a flag. */
@inline export function dull(flags: usize, src: usize): bool {
  return !(of4(flags, src) | of4(flags, src + 16) | of4(flags, src + 32) | of4(flags, src + 48));
}
@inline function of4(flags: usize, src: usize): u32 {
  return load<u8>(flags + flagOf(load<u32>(src))) | load<u8>(flags + flagOf(load<u32>(src, 4)))
    | load<u8>(flags + flagOf(load<u32>(src, 8))) | load<u8>(flags + flagOf(load<u32>(src, 12)));
}
