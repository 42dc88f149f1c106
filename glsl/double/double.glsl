// float64 arithmetic in integers: sign, exponent, and a mantissa of 64 bits whose highest bit is bit 62, or 0 for zero. Covers
// normal numbers only, and only results that do not overflow or underflow.
int highest(uint a) {
  int more = a >> 16 != 0u ? 16 : 0;
  return more + int(exponent(floatBitsToUint(float(a >> uint(more))))) - 127;
}
uvec2 raised(uvec2 m, int n) {
  if (n > 31) { m = uvec2(m.y, 0u); n -= 32; }
  return n == 0 ? m : uvec2(m.x << n | m.y >> (32 - n), m.y << n);
}
// shifts right and keeps lost bits as a sticky lowest bit
uvec2 lowered(uvec2 m, int n) {
  if (n > 63) return uvec2(0u, min(m.x | m.y, 1u));
  if (n > 31) { m = uvec2(0u, m.x | min(m.y, 1u)); n -= 32; }
  return n == 0 ? m : uvec2(m.x >> n, m.x << (32 - n) | m.y >> n | min(m.y << (32 - n), 1u));
}
bool noLess(uvec2 a, uvec2 b) { return a.x > b.x || (a.x == b.x && a.y >= b.y); }
uvec2 wideSum(uvec2 a, uvec2 b) { return uvec2(a.x + b.x + (a.y + b.y < a.y ? 1u : 0u), a.y + b.y); }
uvec2 wideLess(uvec2 a, uvec2 b) { return uvec2(a.x - b.x - (a.y < b.y ? 1u : 0u), a.y - b.y); }
// m * 2^e, where m is not 0, rounded to 53 bits, half to even
uvec4 doubleOf(uint sign, int e, uvec2 m) {
  int up = 62 - (m.x != 0u ? 32 + highest(m.x) : highest(m.y));
  m = up < 0 ? lowered(m, 1) : raised(m, up);
  uint low = m.y & 1023u;
  m.y ^= low;
  if (low + (m.y >> 10 & 1u) > 512u) m = wideSum(m, uvec2(0u, 1024u));
  if (m.x >> 31 != 0u) { m = lowered(m, 1); up--; }
  return uvec4(sign, e - up, m);
}
// from the two words of a float64 in memory
uvec4 doubleBits(uint low, uint high) {
  uint e = high >> 20 & 2047u;
  uvec2 m = uvec2(high & 0x000fffffu | (e == 0u ? 0u : 0x00100000u), low);
  return (m.x | m.y) == 0u ? uvec4(high & SIGN, 0u, 0u, 0u) : doubleOf(high & SIGN, int(max(e, 1u)) - 1075, m);
}
uvec4 doubleFloat(uint a) {
  if ((a << 1) == 0u) return uvec4(a, 0u, 0u, 0u);
  ivec2 p = parts(a);
  return uvec4(a & SIGN, p.x - 189, p.y << 7, 0u);
}
// the exact product of two floats
uvec4 doubleProduct(uint a, uint b) {
  uint sign = (a ^ b) & SIGN;
  if ((a << 1) == 0u || (b << 1) == 0u) return uvec4(sign, 0u, 0u, 0u);
  ivec2 pa = parts(a), pb = parts(b);
  uint ah = uint(pa.y) >> 12, al = uint(pa.y) & 4095u, bh = uint(pb.y) >> 12, bl = uint(pb.y) & 4095u;
  uint middle = ah * bl + al * bh;
  uvec2 m = wideSum(uvec2(ah * bh >> 8, ah * bh << 24), wideSum(uvec2(middle >> 20, middle << 12), uvec2(0u, al * bl)));
  return doubleOf(sign, pa.x + pb.x - 300, m);
}
uvec4 doubleSum(uvec4 a, uvec4 b) {
  if ((a.z | a.w) == 0u) return (b.z | b.w) == 0u ? uvec4(a.x & b.x, 0u, 0u, 0u) : b;
  if ((b.z | b.w) == 0u) return a;
  if (int(a.y) < int(b.y) || (a.y == b.y && !noLess(a.zw, b.zw))) { uvec4 c = a; a = b; b = c; }
  uvec2 m = lowered(b.zw, int(a.y) - int(b.y));
  m = a.x == b.x ? wideSum(a.zw, m) : wideLess(a.zw, m);
  return (m.x | m.y) == 0u ? uvec4(0u) : doubleOf(a.x, int(a.y), m);
}
// b must not be 0
uvec4 doubleQuotient(uvec4 a, uvec4 b) {
  if ((a.z | a.w) == 0u) return uvec4(a.x ^ b.x, 0u, 0u, 0u);
  uvec2 left = lowered(a.zw, 10), by = lowered(b.zw, 10), q = uvec2(0u);
  for (int i = 0; i < 57; i++) {
    bool one = noLess(left, by);
    q = uvec2(q.x << 1 | q.y >> 31, q.y << 1 | (one ? 1u : 0u));
    if (one) left = wideLess(left, by);
    left = uvec2(left.x << 1 | left.y >> 31, left.y << 1);
  }
  return doubleOf(a.x ^ b.x, int(a.y) - int(b.y) - 56, uvec2(q.x, q.y | min(left.x | left.y, 1u)));
}
// a must not be negative; one digit of the root for every two bits of a number with an even exponent
uvec4 doubleRoot(uvec4 a) {
  if ((a.z | a.w) == 0u) return a;
  int odd = int(a.y & 1u);
  uvec2 from = raised(a.zw, odd), left = uvec2(0u), root = uvec2(0u);
  for (int i = 0; i < 56; i++) {
    left = uvec2(left.x << 2 | left.y >> 30, left.y << 2 | from.x >> 30);
    from = uvec2(from.x << 2 | from.y >> 30, from.y << 2);
    uvec2 part = uvec2(root.x << 2 | root.y >> 30, root.y << 2 | 1u);
    bool one = noLess(left, part);
    if (one) left = wideLess(left, part);
    root = uvec2(root.x << 1 | root.y >> 31, root.y << 1 | (one ? 1u : 0u));
  }
  return doubleOf(0u, (int(a.y) - odd) / 2 - 24, uvec2(root.x, root.y | min(left.x | left.y, 1u)));
}
// to a float32
uint singleOf(uvec4 a) {
  if ((a.z | a.w) == 0u) return a.x;
  int e = int(a.y) + 189;
  if (e > 254) return a.x | INF;
  uvec2 m = lowered(a.zw, max(1 - e, 0));
  uint kept = m.x >> 7, low = m.x << 1 & 255u | min(m.y, 1u);
  return a.x | (uint(max(e - 1, 0)) << 23) + kept + (low + (kept & 1u) > 128u ? 1u : 0u);
}
