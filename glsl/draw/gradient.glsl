// A gradient from black to white by the position of each pixel's centre: (what a column adds + what a row adds) / the whole way,
// in float64 like the kernel. Data: the whole way, then columns, then rows.
uvec4 doubleAt(int i) { return doubleBits(uint(data(2 * i)), uint(data(2 * i + 1))); }
uvec4 wayTo(ivec3 p, int rows) { return doubleSum(doubleAt(1 + p.x), doubleAt(rows + p.y)); }
// 0 before the start and 1 past the end, so that only positions in between are divided
uint onWay(uvec4 part, bool radial) {
  uvec4 whole = doubleAt(0);
  bool none = (whole.z | whole.w) == 0u, still = (part.z | part.w) == 0u;
  if (still || part.x != 0u) return none && still ? NAN : 0u;
  if (none) return ONE;
  int ahead = int(part.y) - int(whole.y);
  if (ahead > 0 || (ahead == 0 && noLess(part.zw, whole.zw))) return ONE;
  uvec4 t = doubleQuotient(part, whole);
  return singleOf(radial ? doubleRoot(t) : t);
}
uvec4 gradientLinear(ivec3 p, int rows) { return uvec4(onWay(wayTo(p, rows), false), 0u, 0u, 0u); }
uvec4 gradientRadial(ivec3 p, int rows) { return uvec4(onWay(wayTo(p, rows), true), 0u, 0u, 0u); }
