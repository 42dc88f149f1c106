// 1 where a pixel, clamped to 0..1 and rounded half to even to bytes, is 0xRRGGBB. NaN counts as 0.
uint nearest(uint x) {
  if (isNan(x) || (x & SIGN) != 0u) return 0u;
  float y = uintBitsToFloat(mul(min(x, ONE), 0x437f0000u));
  uint whole = uint(y);
  float rest = y - float(whole);
  return whole + (rest > 0.5 ? 1u : rest == 0.5 ? whole & 1u : 0u);
}
uint selectColor(uvec4 px, int color) {
  uint packed = nearest(px.r) << 16 | nearest(px.g) << 8 | nearest(px.b);
  return packed == uint(color) ? ONE : 0u;
}
