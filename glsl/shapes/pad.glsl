// Adds a border of one value, given as the bits of an element.
uvec4 pad(ivec3 p, int left, int top, int value) {
  ivec2 q = p.xy - ivec2(left, top);
  bool inside = q.x >= 0 && q.y >= 0 && q.x < sourceSize.x && q.y < sourceSize.y;
  return inside ? source(ivec3(q, p.z)) : uvec4(uint(value));
}
