// The median of a square, edges repeated, in two passes: cumulative counts by sixteenths of the value range, then by values
// within the sixteenth where half is reached. Sixteen counts are four vectors.
void counted(uint v, inout uvec4 a, inout uvec4 b, inout uvec4 c, inout uvec4 d) {
  uvec4 four = uvec4(0u, 1u, 2u, 3u);
  a += uvec4(lessThanEqual(uvec4(v), four));
  b += uvec4(lessThanEqual(uvec4(v), four + 4u));
  c += uvec4(lessThanEqual(uvec4(v), four + 8u));
  d += uvec4(lessThanEqual(uvec4(v), four + 12u));
}
// Counts the window by sixteenths, or, for a sixteenth below 16, its values within that sixteenth.
void countedAll(ivec3 p, int r, uint sixteenth, inout uvec4 a, inout uvec4 b, inout uvec4 c, inout uvec4 d) {
  for (int y = p.y - r; y <= p.y + r; y++) {
    for (int x = p.x - r; x <= p.x + r; x++) {
      uint v = source(ivec3(clamp(ivec2(x, y), ivec2(0), sourceSize.xy - 1), p.z)).r;
      if (sixteenth > 15u) counted(v >> 4u, a, b, c, d);
      else if (v >> 4u == sixteenth) counted(v & 15u, a, b, c, d);
    }
  }
}
uvec4 fewer(uvec4 counts, uint limit) { return uvec4(lessThan(counts, uvec4(limit))); }
uint howMany(uvec4 a, uvec4 b, uvec4 c, uvec4 d, uint limit) {
  uvec4 all = fewer(a, limit) + fewer(b, limit) + fewer(c, limit) + fewer(d, limit);
  return all.x + all.y + all.z + all.w;
}
uvec4 median(ivec3 p, int r) {
  uint reached = uint((2 * r + 1) * (2 * r + 1) / 2 + 1);
  uvec4 a = uvec4(0u), b = a, c = a, d = a;
  countedAll(p, r, 16u, a, b, c, d);
  uint sixteenth = howMany(a, b, c, d, reached);
  uvec4 most = max(max(a * fewer(a, reached), b * fewer(b, reached)), max(c * fewer(c, reached), d * fewer(d, reached)));
  reached -= max(max(most.x, most.y), max(most.z, most.w));
  a = b = c = d = uvec4(0u);
  countedAll(p, r, sixteenth, a, b, c, d);
  return uvec4(sixteenth * 16u + howMany(a, b, c, d, reached), 0u, 0u, 0u);
}
