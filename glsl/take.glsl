// Picture `from + i` of a batch; beyond the end the last again, or round to the first.
uvec4 take(ivec3 p, int from, int count, int beyond) {
  int picture = from + p.z, pictures = sourceSize.z;
  return source(ivec3(p.xy, beyond == 0 ? min(picture, pictures - 1) : picture % pictures));
}
