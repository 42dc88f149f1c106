// One sample a byte to 1, 2 or 4 bits, rows padded with zeros. If `truth` is not 0, any sample but 0 counts as 1.
export function pack(dst: usize, src: usize, width: u32, rows: u32, depth: u32, truth: u32): void {
  let out = dst, at = src;
  for (let y: u32 = 0; y < rows; y++) {
    let x: u32 = 0;
    if (ASC_FEATURE_SIMD) {
      if (depth == 1) {
        for (; x + 16 <= width; x += 16) {
          // bitmask puts the first lane in the lowest bit, PNG the first pixel in the highest
          let v = i8x16.swizzle(v128.load(at + x), i8x16(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8));
          store<u16>(out, <u16>i8x16.bitmask(i8x16.ne(v, i8x16.splat(0))));
          out += 2;
        }
      }
    }
    let word: u32 = 0, bits: u32 = 0;
    for (; x < width; x++) {
      const v = <u32>load<u8>(at + x);
      word = (word << depth) | (truth ? <u32>(v != 0) : v);
      bits += depth;
      if (bits == 8) { store<u8>(out++, <u8>word); word = 0; bits = 0; }
    }
    if (bits) store<u8>(out++, <u8>(word << (8 - bits)));
    at += width;
  }
}
