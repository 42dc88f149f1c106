// One extended box along an axis, edges repeated: the mean of 2 r + 1 bytes and a fraction of the two beyond them. A long box
// reads runs of `run` bytes that boxRuns has summed; each word is a sum and the first byte of its run.
ivec3 along(ivec3 p, int axis, int at) {
  int inside = clamp(at, 0, sourceSize[axis] - 1);
  return axis == 0 ? ivec3(inside, p.yz) : ivec3(p.x, inside, p.z);
}
uvec4 boxed(uvec4 sum, uvec4 ends, int ww, int fw) {
  return (sum * uint(ww) + ends * uint(fw) + 8388608u) >> 24u;
}
uvec4 box(ivec3 p, int axis, int r, int ww, int fw) {
  uvec4 sum = uvec4(0u);
  for (int at = p[axis] - r; at <= p[axis] + r; at++) sum += source(along(p, axis, at));
  return boxed(sum, source(along(p, axis, p[axis] - r - 1)) + source(along(p, axis, p[axis] + r + 1)), ww, fw);
}
uvec4 boxRuns(ivec3 p, int axis, int run) {
  uvec4 sum = uvec4(0u);
  for (int i = 0; i < run; i++) sum += source(along(p, axis, p[axis] + i));
  return sum << 8u | source(p);
}
uvec4 boxOfRuns(ivec3 p, int axis, int r, int ww, int fw, int run) {
  int last = sourceSize[axis] - 1, from = max(p[axis] - r, 0), to = min(p[axis] + r, last);
  uvec4 first = source(along(p, axis, 0)) & 255u, end = source(along(p, axis, last)) & 255u;
  uvec4 sum = first * uint(from - p[axis] + r) + end * uint(p[axis] + r - to);
  for (; from + run <= to + 1; from += run) sum += source(along(p, axis, from)) >> 8u;
  for (; from <= to; from++) sum += source(along(p, axis, from)) & 255u;
  uvec4 ends = (source(along(p, axis, p[axis] - r - 1)) & 255u) + (source(along(p, axis, p[axis] + r + 1)) & 255u);
  return boxed(sum, ends, ww, fw);
}
