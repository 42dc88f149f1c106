// a * b in integers, for all floats.
ivec2 parts(uint a) {
  int e = int(exponent(a)), m = int(a & 0x007fffffu);
  if (e != 0) return ivec2(e, m | 0x00800000);
  int shift = 150 - int(exponent(floatBitsToUint(float(m))));
  return ivec2(1 - shift, m << shift);
}
uint mulWhole(uint a, uint b) {
  uint sign = (a ^ b) & SIGN;
  bool none = ((a << 1) == 0u) || ((b << 1) == 0u), endless = exponent(a) == 255u || exponent(b) == 255u;
  if (isNan(a) || isNan(b) || (none && endless)) return NAN;
  if (none || endless) return sign | (endless ? INF : 0u);
  ivec2 pa = parts(a), pb = parts(b);
  uint ah = uint(pa.y) >> 12, al = uint(pa.y) & 4095u, bh = uint(pb.y) >> 12, bl = uint(pb.y) & 4095u;
  uint low = al * bl, middle = ah * bl + al * bh + (low >> 12);
  uint high = ah * bh + (middle >> 12), rest = (middle & 4095u) << 12 | (low & 4095u);
  int e = pa.x + pb.x - 126;
  if (high < 0x00800000u) {
    high = high << 1 | rest >> 23;
    rest = (rest << 1) & 0x00ffffffu;
    e--;
  }
  if (e > 254) return sign | INF;
  if (e > 0) {
    high += rest > 0x00800000u || (rest == 0x00800000u && (high & 1u) == 1u) ? 1u : 0u;
    return sign | (uint(e - 1) << 23) + high;
  }
  if (e < -24) return sign;
  uint cut = uint(1 - e), half_ = 1u << (cut - 1u), lost = high & ((1u << cut) - 1u), kept = high >> cut;
  bool up = lost > half_ || (lost == half_ && (rest != 0u || (kept & 1u) == 1u));
  return sign | (kept + (up ? 1u : 0u));
}
