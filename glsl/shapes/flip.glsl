// Mirrors left to right (0), upside down (1), or both (2).
uvec4 flip(ivec3 p, int axis) {
  ivec2 last = sourceSize.xy - 1;
  return source(ivec3(axis == 1 ? p.x : last.x - p.x, axis == 0 ? p.y : last.y - p.y, p.z));
}
