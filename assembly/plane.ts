// One channel of an interleaved float picture. The bits are copied as integers, so a NaN keeps its payload.
export function plane(dst: usize, src: usize, n: u32, channels: u32, index: u32): void {
  const step = channels << 2;
  src += index << 2;
  for (const end = dst + (n << 2); dst < end; dst += 4, src += step) store<u32>(dst, load<u32>(src));
}
