// One channel of an interleaved float picture. The bits are copied as integers, so a NaN keeps its payload.
// Block: u32 index.
export function plane(dst: usize, src: usize, n: u32, channels: u32, block: usize): void {
  const step = channels << 2;
  const index = load<u32>(block);
  if (channels < 4 && index == 3) { // a picture without alpha is opaque
    for (const end = dst + (n << 2); dst < end; dst += 4) store<f32>(dst, 1);
    return;
  }
  if (channels > 1) src += index << 2; // gray stands for red, green and blue
  for (const end = dst + (n << 2); dst < end; dst += 4, src += step) store<u32>(dst, load<u32>(src));
}
