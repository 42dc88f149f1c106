// 1 where every channel of a float pixel equals the colour's, else 0. Block: f32 red, green, blue, alpha.
export function matchFloat(dst: usize, src: usize, n: u32, channels: u32, block: usize): void {
  const r = load<f32>(block), g = load<f32>(block, 4), b = load<f32>(block, 8), a = load<f32>(block, 12), step = channels << 2;
  for (const end = dst + (n << 2); dst < end; dst += 4, src += step) {
    let same = u32(load<f32>(src) == r);
    if (channels > 1) same &= u32(load<f32>(src, 4) == g) & u32(load<f32>(src, 8) == b);
    if (channels > 3) same &= u32(load<f32>(src, 12) == a);
    store<f32>(dst, <f32>same);
  }
}
