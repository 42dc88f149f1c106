// Turns clockwise by quarters.
uvec4 rotate(ivec3 p, int turns) {
  ivec2 last = sourceSize.xy - 1;
  int n = turns & 3;
  if (n == 1) return source(ivec3(p.y, last.y - p.x, p.z));
  if (n == 2) return source(ivec3(last - p.xy, p.z));
  return n == 3 ? source(ivec3(last.x - p.y, p.x, p.z)) : source(p);
}
