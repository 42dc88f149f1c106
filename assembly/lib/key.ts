// A colour in the form that lib/pick.ts gives to pixels: without alpha for three channels, one byte for gray.
@inline export function keyOf(color: u32, channels: u32): u32 {
  return channels == 4 ? color : channels == 3 ? color | 0xff000000 : (color & 255) * 0x010101 | 0xff000000;
}

// Stores three bytes and not a fourth, for the last pixel of a band: another picture may follow.
@inline export function last3(dst: usize, rgb: u32): void {
  store<u16>(dst, <u16>rgb, 0, 1);
  store<u8>(dst, <u8>(rgb >> 16), 2);
}
