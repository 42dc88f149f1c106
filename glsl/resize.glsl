// Another size, bilinear with half-pixel centres and no antialiasing, as torch's interpolate does it.
uint centre(int at, uint scale) {
  uint v = sum(mul(floatBitsToUint(float(at) + 0.5), scale), 0xbf000000u);
  return (v & SIGN) != 0u ? 0u : v;
}
uint blend(uint a, uint b, uint w) { return sum(mul(a, sum(ONE, w ^ SIGN)), mul(b, w)); }
uvec4 resize(ivec3 p, int width, int height) {
  ivec2 last = sourceSize.xy - 1;
  uint u = centre(p.x, ratio(uint(sourceSize.x), uint(width))), v = centre(p.y, ratio(uint(sourceSize.y), uint(height)));
  ivec2 a = ivec2(uintBitsToFloat(u), uintBitsToFloat(v)), b = min(a + 1, last);
  uint wx = sum(u, floatBitsToUint(float(a.x)) ^ SIGN), wy = sum(v, floatBitsToUint(float(a.y)) ^ SIGN);
  uint over = blend(source(ivec3(a, p.z)).r, source(ivec3(b.x, a.y, p.z)).r, wx);
  uint under = blend(source(ivec3(a.x, b.y, p.z)).r, source(ivec3(b, p.z)).r, wx);
  return uvec4(blend(over, under, wy), 0u, 0u, 0u);
}
