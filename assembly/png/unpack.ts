// Samples of 1, 2 or 4 bits to one byte each, unscaled. A row ends at its last pixel. Writes up to 15 bytes past the end.
export function unpack(dst: usize, src: usize, width: u32, rows: u32, depth: u32): void {
  const rowBytes = (<usize>width * depth + 7) >> 3;
  let out = dst, row = src;
  for (let y: u32 = 0; y < rows; y++) {
    if (ASC_FEATURE_SIMD) {
      let at = row;
      for (let x: u32 = 0; x < width; x += 16) {
        let v: v128;
        if (depth == 1) {
          v = i8x16.swizzle(v128.load16_splat(at), i8x16(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1));
          const bits = i8x16(-128, 64, 32, 16, 8, 4, 2, 1, -128, 64, 32, 16, 8, 4, 2, 1);
          v = v128.and(i8x16.eq(v128.and(v, bits), bits), i8x16.splat(1));
          at += 2;
        } else if (depth == 2) {
          v = halves(halves(v128.load32_zero(at), 4, 15), 2, 3);
          at += 4;
        } else {
          v = halves(v128.load64_zero(at), 4, 15);
          at += 8;
        }
        v128.store(out + x, v);
      }
    } else {
      const most: u32 = (1 << depth) - 1;
      let bit: u32 = 0, at = row;
      for (let x: u32 = 0; x < width; x++) {
        store<u8>(out + x, <u8>((<u32>load<u8>(at) >> (8 - depth - bit)) & most));
        bit += depth;
        if (bit == 8) { bit = 0; at++; }
      }
    }
    row += rowBytes;
    out += width;
  }
}

/** Splits each of the low eight bytes in two: its high part, then its low part. */
@inline function halves(v: v128, by: i32, most: i8): v128 {
  const m = i8x16.splat(most);
  return i8x16.shuffle(v128.and(i8x16.shr_u(v, by), m), v128.and(v, m), 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
