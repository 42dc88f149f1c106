// Fades in from the edges left, right, top, bottom: each multiplies the mask by float32((i + 1) / n).
uint faded(uint x, int i, int n) { return i >= n ? x : mul(x, ratio(uint(i + 1), uint(n))); }
uvec4 fadeEdges(ivec3 p, int left, int top, int right, int bottom) {
  ivec2 side = sourceSize.xy;
  ivec2 last = side - 1 - p.xy;
  uint x = source(p).r;
  x = faded(x, p.x, min(left, side.x));
  x = faded(x, last.x, min(right, side.x));
  x = faded(x, p.y, min(top, side.y));
  x = faded(x, last.y, min(bottom, side.y));
  return uvec4(x, 0u, 0u, 0u);
}
