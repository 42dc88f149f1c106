// How close a pixel's colour is to the nearest of several, through a table of the squared distance or of the largest difference.
ivec3 colorAt(ivec3 p) {
  int planes = data(0);
  if (planes == 0) return CHANNELS == 1 ? ivec3(source(p).rrr) : ivec3(source(p).rgb);
  return ivec3(source(p).r, source(p + ivec3(0, 0, planes)).r, source(p + ivec3(0, 0, 2 * planes)).r);
}
int apart(ivec3 a, ivec3 b) {
  ivec3 d = abs(a - b);
  return data(2) == 1 ? max(max(d.x, d.y), d.z) : d.x * d.x + d.y * d.y + d.z * d.z;
}
uvec4 colorRange(ivec3 p) {
  ivec3 own = colorAt(p);
  int count = data(3), measure = 0x7fffffff, table = 6 + count;
  for (int i = 0; i < count; i++) {
    int c = data(6 + i);
    measure = min(measure, apart(own, ivec3(c & 255, c >> 8 & 255, c >> 16)));
  }
  if (count == 0) {
    measure = apart(own, colorAt(ivec3(data(6), data(7), p.z)));
    table = 8;
  }
  int i = measure - data(4) - 1;
  uint v = i < 0 ? 255u : measure >= data(5) ? 0u : uint(data(table + (i >> 2)) >> ((i & 3) << 3) & 255);
  return uvec4(v, 0u, 0u, 0u);
}
