// Pixels of one, three or four channels with the given alpha. `size`: bytes of one channel, 1 or 4.
export function withAlpha(dst: usize, src: usize, n: u32, channels: u32, size: u32, alpha: usize): void {
  const g: usize = channels > 1 ? size : 0, b = 2 * g, step = channels * size;
  if (size == 1) for (const end = alpha + n; alpha < end; alpha++, src += step, dst += 4) {
    store<u32>(dst, <u32>load<u8>(src) | <u32>load<u8>(src + g) << 8 | <u32>load<u8>(src + b) << 16 | <u32>load<u8>(alpha) << 24);
  } else for (const end = alpha + (n << 2); alpha < end; alpha += 4, src += step, dst += 16) {
    store<u32>(dst, load<u32>(src));
    store<u32>(dst, load<u32>(src + g), 4);
    store<u32>(dst, load<u32>(src + b), 8);
    store<u32>(dst, load<u32>(alpha), 12);
  }
}
