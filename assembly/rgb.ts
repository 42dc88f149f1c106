// Pixels of four channels without their alpha; `size` is the bytes of one channel, 1 or 4.
export function rgb(dst: usize, src: usize, n: u32, size: u32): void {
  const end = src + n * size * 4;
  if (size == 1) for (; src < end; src += 4, dst += 3) store<u32>(dst, load<u32>(src), 0, 1); // the next pixel overwrites the fourth byte
  else for (; src < end; src += 16, dst += 12) {
    store<u32>(dst, load<u32>(src));
    store<u32>(dst, load<u32>(src, 4), 4);
    store<u32>(dst, load<u32>(src, 8), 8);
  }
}
