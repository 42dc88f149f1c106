// Picture `from + i` of a batch. Beyond the end the last one repeats, or the batch starts over.
uvec4 take(ivec3 p, int from, int count, int beyond) {
  int picture = from + p.z, pictures = sourceSize.z;
  return source(ivec3(p.xy, beyond == 0 ? min(picture, pictures - 1) : picture % pictures));
}
