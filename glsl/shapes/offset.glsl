// Moves a picture by x, y. What leaves on one side enters on the other, or is lost and replaced by 0.
// GLSL leaves the remainder of negative numbers undefined, so they count back from -1
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
