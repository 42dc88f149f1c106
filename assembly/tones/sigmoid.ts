// 1 / (1 + e^-x) by float32 sums and products alone, in the same order as the shader, because exp's bits differ between
// machines. Within 2 ulp of the true value.

export function sigmoid(dst: usize, src: usize, n: u32, block: usize): void {
  for (const end = dst + (n << 2); dst < end; dst += 4, src += 4) store<f32>(dst, at(load<f32>(src)));
}

@inline function at(x: f32): f32 {
  if (x != x) return x;
  // e^-|x| = 2^-k * e^y with |y| at most half of ln 2; below 2^-149 the result is 0
  const a = min<f32>(abs(x), 104), t: f32 = a * <f32>1.44269504 + 12582912, n: f32 = t - 12582912, k = reinterpret<i32>(t) - 0x4b400000;
  // ln 2 in two parts; the first has so few bits that its product is exact
  const y: f32 = (n * <f32>0.693359375 - a) - n * <f32>2.12194440e-4;
  let p: f32 = <f32>1.9875691500e-4 * y + <f32>1.3981999507e-3;
  p = p * y + <f32>8.3334519073e-3;
  p = p * y + <f32>4.1665795894e-2;
  p = p * y + <f32>1.6666665459e-1;
  p = p * y + <f32>5.0000001201e-1;
  const half = k >> 1, e: f32 = ((p * (y * y) + y) + 1) * power(-half) * power(half - k);
  // q = e / (1 + e): a reciprocal by Newton's method, corrected by the remainder of its product with e
  const d: f32 = e + 1;
  let r: f32 = <f32>1.41176474 - d * <f32>0.470588237;
  r = r * (2 - d * r);
  r = r * (2 - d * r);
  r = r * (2 - d * r);
  const q: f32 = e * r, s: f32 = q + ((e - q) - q * e) * r;
  return x < 0 ? s : 1 - s;
}

@inline function power(k: i32): f32 { return reinterpret<f32>((127 + k) << 23); }
