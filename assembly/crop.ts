// A rectangle of a picture; `size` is the bytes of one pixel. The caller has cut the rectangle to the picture.
export function crop(dst: usize, src: usize, width: u32, x: u32, y: u32, w: u32, h: u32, size: u32): void {
  const row = w * size, stride = width * size;
  src += y * stride + x * size;
  for (const end = dst + h * row; dst < end; dst += row, src += stride) memory.copy(dst, src, row);
}
