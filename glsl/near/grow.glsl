// One hop: the greatest (or, if `expand` is below 0, the least) of a pixel and those `expand` away, at the corners of a diamond
// or a square. The first hop of a square takes all eight neighbours; later hops reach them through their corners.
uint further(uint a, uint b, int sign) { return sign > 0 ? max(a, b) : min(a, b); }
uint furtherFloat(uint a, uint b, int sign) { return sign > 0 ? larger(a, b) : smaller(a, b); }
bool skipped(int x, int y, int hop, int shape) { return x * y != 0 ? shape == 0 : shape == 1 && hop > 1; }
ivec3 inside(ivec3 p, ivec2 by) { return ivec3(clamp(p.xy + by, ivec2(0), sourceSize.xy - 1), p.z); }
uvec4 grow(ivec3 p, int expand, int shape) {
  int h = abs(expand);
  uint v = source(p).r;
  for (int y = -1; y <= 1; y++)
    for (int x = -1; x <= 1; x++)
      if (!skipped(x, y, h, shape)) v = further(v, source(inside(p, ivec2(x, y) * h)).r, expand);
  return uvec4(v, 0u, 0u, 0u);
}
uvec4 growFloat(ivec3 p, int expand, int shape) {
  int h = abs(expand);
  uint v = source(p).r;
  for (int y = -1; y <= 1; y++)
    for (int x = -1; x <= 1; x++)
      if (!skipped(x, y, h, shape)) v = furtherFloat(v, source(inside(p, ivec2(x, y) * h)).r, expand);
  return uvec4(v, 0u, 0u, 0u);
}
