// CRC-32, sixteen bytes a step ("slicing", Kounavis and Berry 2005). `sum` is 0 at the start.

@inline function at(table: usize, slice: usize, byte: u32): u32 {
  return load<u32>(table + (slice << 10) + ((byte & 255) << 2));
}
@inline function four(table: usize, slice: usize, word: u32): u32 {
  return at(table, slice + 3, word) ^ at(table, slice + 2, word >> 8) ^ at(table, slice + 1, word >> 16) ^ at(table, slice, word >> 24);
}

export function crc(table: usize, src: usize, n: u32, sum: u32): u32 {
  let c = ~sum, p = src, left = n;
  while (left >= 16) {
    c = four(table, 12, load<u32>(p, 0, 1) ^ c) ^ four(table, 8, load<u32>(p, 4, 1)) ^ four(table, 4, load<u32>(p, 8, 1)) ^ four(table, 0, load<u32>(p, 12, 1));
    p += 16;
    left -= 16;
  }
  while (left) {
    c = (c >> 8) ^ at(table, 0, c ^ load<u8>(p));
    p++;
    left--;
  }
  return ~c;
}
