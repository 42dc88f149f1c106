// Bytes through a table of 256 little-endian entries of 4 bytes, the first `size` of which are written: for gray levels, gray
// and alpha, and palettes with or without transparency. Writes up to 3 bytes past the end.
export function lookup(dst: usize, src: usize, n: u32, table: usize, size: u32): void {
  let out = dst, at = src;
  const end = src + n;
  if (size == 1) {
    for (; at < end; at++) store<u8>(out++, load<u8>(table + ((<usize>load<u8>(at)) << 2)));
    return;
  }
  for (; at < end; at++) {
    store<u32>(out, load<u32>(table + ((<usize>load<u8>(at)) << 2)), 0, 1);
    out += size;
  }
}
