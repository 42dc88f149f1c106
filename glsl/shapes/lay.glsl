// A picture over another, by its alpha.
bool under(ivec3 p, int x, int y, out ivec3 q) {
  q = ivec3(p.x - x, p.y - y, min(p.z, otherSize.z - 1));
  return q.x >= 0 && q.y >= 0 && q.x < otherSize.x && q.y < otherSize.y;
}
uvec4 lay(ivec3 p, int x, int y) {
  ivec3 q;
  uvec4 d = source(p);
  if (!under(p, x, y, q)) return d;
  uvec4 s = other(q), t = d * (255u - s.a) + uvec4(s.rgb, 255u) * s.a + 128u;
  return ((t >> 8) + t) >> 8;
}
uint laid(uint d, uint s, uint m) { return sum(mul(m, s), mul(sum(ONE, m ^ SIGN), d)); }
uvec4 layFloat(ivec3 p, int x, int y) {
  ivec3 q;
  uvec4 d = source(p);
  if (!under(p, x, y, q)) return d;
  uvec4 s = other(q);
  return uvec4(laid(d.r, s.r, s.a), laid(d.g, s.g, s.a), laid(d.b, s.b, s.a), laid(d.a, ONE, s.a));
}
