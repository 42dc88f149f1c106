// Moved by x, y; what leaves comes in again on the other side, or is lost and 0 comes in.
// the remainder of what is below 0 is undefined in GLSL, so it is taken of the places counted back from -1
int around(int at, int side) {
  int left = (at < 0 ? -1 - at : at) % side;
  return at < 0 ? side - 1 - left : left;
}
uvec4 offset(ivec3 p, int x, int y, int wrap) {
  ivec2 q = p.xy - ivec2(x, y);
  bool inside = q.x >= 0 && q.y >= 0 && q.x < sourceSize.x && q.y < sourceSize.y;
  if (wrap == 0 && !inside) return uvec4(0u);
  return source(ivec3(around(q.x, sourceSize.x), around(q.y, sourceSize.y), p.z));
}
