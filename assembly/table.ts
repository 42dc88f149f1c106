// Every byte through a table of 256.
export function table(dst: usize, src: usize, n: u32, lut: usize): void {
  if (ASC_FEATURE_SIMD) {
    for (const end = dst + n; dst < end; dst += 16, src += 16) {
      // a swizzle gives 0 outside its own sixteen, so the sixteen parts of the table just add up
      let v = v128.load(src), sum = i8x16.splat(0);
      for (let k: usize = 0; k < 256; k += 16) {
        sum = v128.or(sum, i8x16.swizzle(v128.load(lut + k), v));
        v = i8x16.sub(v, i8x16.splat(16));
      }
      v128.store(dst, sum);
    }
  } else {
    for (const end = dst + n; dst < end; dst++, src++) store<u8>(dst, load<u8>(lut + load<u8>(src)));
  }
}
