// Bytes to the colours that they are shown in, through a table of 256 RGBA words.
export function dye(dst: usize, src: usize, n: u32, table: usize): void {
  for (const end = dst + (n << 2); dst < end; dst += 4, src++) store<u32>(dst, load<u32>(table + (<usize>load<u8>(src) << 2)));
}
