// float32 by its bits: the same results on every GPU, however it handles subnormals, NaN and signed zeros.
const uint SIGN = 0x80000000u;
const uint ONE = 0x3f800000u;
const uint NAN = 0x7fc00000u;
const uint INF = 0x7f800000u;
bool isNan(uint a) { return (a & ~SIGN) > INF; }
uint exponent(uint a) { return (a >> 23) & 255u; }
uint order(uint a) { return (a & SIGN) != 0u ? ~a : a | SIGN; }
bool above(uint a, uint b) { return !isNan(a) && !isNan(b) && ((a | b) << 1) != 0u && order(a) > order(b); }
bool equals(uint a, uint b) { return !isNan(a) && (a == b || ((a | b) << 1) == 0u); }
bool rounds(uint a) { return (a & ~SIGN) > 0x3f000000u; }
uint larger(uint a, uint b) {
  if (isNan(a) || isNan(b)) return NAN;
  return order(a) >= order(b) ? a : b;
}
uint smaller(uint a, uint b) {
  if (isNan(a) || isNan(b)) return NAN;
  return order(a) <= order(b) ? a : b;
}
