// Moves one pixel of 1, 3 or 4 bytes, or of as many floats. Three bytes may be unaligned, which plain JavaScript must be told.
@inline export function move(dst: usize, src: usize, size: u32): void {
  if (size == 1) store<u8>(dst, load<u8>(src));
  else if (size == 4) store<u32>(dst, load<u32>(src));
  else if (size == 3) { store<u16>(dst, load<u16>(src, 0, 1), 0, 1); store<u8>(dst + 2, load<u8>(src + 2)); }
  else memory.copy(dst, src, size);
}
