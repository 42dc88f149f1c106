// a + b, rounded to nearest. Below 2^-95, where a GPU may flush to zero, both are first scaled by 2^64. Sums there are exact.
const uint UP = 0x20000000u;
float scaled(uint a) {
  if (exponent(a) != 0u) return uintBitsToFloat(a + UP);
  float m = float(a & 0x007fffffu) * uintBitsToFloat(0x15000000u);
  return (a & SIGN) != 0u ? -m : m;
}
uint sumSmall(uint a, uint b) {
  uint s = floatBitsToUint(scaled(a) + scaled(b));
  if ((s << 1) == 0u) return a & b & SIGN;
  if (exponent(s) > 64u) return s - UP;
  return (s & SIGN) | uint(uintBitsToFloat(s & ~SIGN) * uintBitsToFloat(0x6a000000u));
}
uint sum(uint a, uint b) {
  if (isNan(a) || isNan(b)) return NAN;
  uint most = max(exponent(a), exponent(b));
  if (most == 255u) return exponent(a) == exponent(b) && a != b ? NAN : exponent(a) == 255u ? a : b;
  if (most < 32u) return sumSmall(a, b);
  uint s = floatBitsToUint(uintBitsToFloat(a) + uintBitsToFloat(b));
  return (s << 1) == 0u ? 0u : s;
}
