// float32(255 * x), truncated and clamped to 0..255. NaN is 0.
uint bytes(uint x) {
  if (isNan(x) || (x & SIGN) != 0u) return 0u;
  return x >= ONE ? 255u : uint(uintBitsToFloat(mul(x, 0x437f0000u)));
}
