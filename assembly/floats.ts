// Bytes to floats through a table of 256 floats.
export function floats(dst: usize, src: usize, n: u32, lut: usize): void {
  for (const end = src + n; src < end; src += 4, dst += 16) {
    f32.store(dst, at(lut, src, 0));
    f32.store(dst, at(lut, src, 1), 4);
    f32.store(dst, at(lut, src, 2), 8);
    f32.store(dst, at(lut, src, 3), 12);
  }
}

@inline function at(lut: usize, src: usize, k: usize): f32 { return f32.load(lut + (<usize>load<u8>(src + k) << 2)); }
