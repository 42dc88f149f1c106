// ImageColorToMask: 1 where a float pixel equals the colour once it is clamped, multiplied by 255 and rounded half to even.
// Block: u32 0xRRGGBB.
export function selectColor(dst: usize, src: usize, n: u32, channels: u32, block: usize): void {
  const color = load<u32>(block), r = <f32>(color >> 16), g = <f32>(color >> 8 & 255), b = <f32>(color & 255), step = channels << 2;
  const G: usize = channels > 1 ? 4 : 0, B: usize = channels > 1 ? 8 : 0; // gray stands for all three
  for (const end = dst + (n << 2); dst < end; dst += 4, src += step) {
    store<f32>(dst, <f32>(u32(level(src) == r) & u32(level(src + G) == g) & u32(level(src + B) == b)));
  }
}

@inline function level(at: usize): f32 {
  const x = load<f32>(at);
  return nearest<f32>((x > 0 ? x < 1 ? x : 1 : 0) * 255); // NaN is 0
}
