// float32(255 * x), truncated; NaN and below 0 is 0, above 255 is 255.
uint bytes(uint x) {
  if (isNan(x) || (x & SIGN) != 0u) return 0u;
  return x >= ONE ? 255u : uint(uintBitsToFloat(mul(x, 0x437f0000u)));
}
