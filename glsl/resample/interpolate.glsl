// torch's interpolate on floats, by the kernel's own table: four words a column (bicubic: eight), then as many a row from
// `rows` on.
uvec4 interpolatePlaces(ivec3 p, int rows) {
  return source(ivec3(data(4 + 4 * p.x), data(rows + 4 * p.y), p.z));
}
// NaN and infinities decide the sum alone, since weights are at most 1 and cannot produce them from other values
uint endless(uint value, uint weight) { return exponent(value) == 255u ? mul(value, weight) : 0u; }
uint blended(uvec4 v, uvec4 w) {
  uint all = sum(sum(sum(endless(v.x, w.x), endless(v.y, w.y)), endless(v.z, w.z)), endless(v.w, w.w));
  if (all != 0u) return all;
  uvec4 upper = doubleSum(doubleProduct(w.x, v.x), doubleProduct(w.y, v.y));
  return singleOf(doubleSum(doubleSum(upper, doubleProduct(w.z, v.z)), doubleProduct(w.w, v.w)));
}
uvec4 interpolateBilinear(ivec3 p, int rows) {
  int c = 4 + 4 * p.x, r = rows + 4 * p.y;
  ivec2 x = ivec2(data(c), data(c + 1)), y = ivec2(data(r), data(r + 1));
  uvec2 across = uvec2(data(c + 2), data(c + 3)), down = uvec2(data(r + 2), data(r + 3));
  uvec4 w = uvec4(mul(down.x, across.x), mul(down.x, across.y), mul(down.y, across.x), mul(down.y, across.y));
  uvec4 a = source(ivec3(x.x, y.x, p.z)), b = source(ivec3(x.y, y.x, p.z));
  uvec4 c0 = source(ivec3(x.x, y.y, p.z)), d = source(ivec3(x.y, y.y, p.z)), v;
  for (int i = 0; i < CHANNELS; i++) v[i] = blended(uvec4(a[i], b[i], c0[i], d[i]), w);
  return v;
}
uvec4 interpolateArea(ivec3 p, int rows) {
  int c = 4 + 4 * p.x, r = rows + 4 * p.y;
  ivec2 x = ivec2(data(c), data(c + 1)), y = ivec2(data(r), data(r + 1));
  uvec4 all = uvec4(0u);
  for (ivec3 q = ivec3(x.x, y.x, p.z); q.y < y.y; q.y++)
    for (q.x = x.x; q.x < x.y; q.x++) {
      uvec4 v = source(q);
      for (int i = 0; i < CHANNELS; i++) all[i] = sum(all[i], v[i]);
    }
  for (int i = 0; i < CHANNELS; i++) all[i] = meanOf(meanOf(all[i], y.y - y.x), x.y - x.x);
  return all;
}
// a / n
uint meanOf(uint a, int n) {
  if (exponent(a) == 255u) return a;
  return singleOf(doubleQuotient(doubleFloat(a), doubleFloat(floatBitsToUint(float(n)))));
}
// a * b + c like the kernel: a sum in float64, rounded to float32
uint fused(uint a, uint b, uint c) {
  if (max(exponent(a), exponent(c)) == 255u) return sum(mul(a, b), c);
  return singleOf(doubleSum(doubleProduct(a, b), doubleFloat(c)));
}
uint cubicSum(uvec4 v, uvec4 w) { return fused(v.w, w.w, fused(v.z, w.z, fused(v.x, w.x, mul(v.y, w.y)))); }
uvec4 interpolateBicubic(ivec3 p, int rows) {
  int c = 4 + 8 * p.x, r = rows + 8 * p.y;
  uvec4 across = uvec4(data(c + 4), data(c + 5), data(c + 6), data(c + 7)), v;
  uvec4 down = uvec4(data(r + 4), data(r + 5), data(r + 6), data(r + 7)), lines[4];
  for (int k = 0; k < 4; k++) {
    int y = data(r + k);
    uvec4 s0 = source(ivec3(data(c), y, p.z)), s1 = source(ivec3(data(c + 1), y, p.z));
    uvec4 s2 = source(ivec3(data(c + 2), y, p.z)), s3 = source(ivec3(data(c + 3), y, p.z));
    for (int i = 0; i < CHANNELS; i++) lines[k][i] = cubicSum(uvec4(s0[i], s1[i], s2[i], s3[i]), across);
  }
  for (int i = 0; i < CHANNELS; i++)
    v[i] = cubicSum(uvec4(lines[0][i], lines[1][i], lines[2][i], lines[3][i]), down);
  return v;
}
