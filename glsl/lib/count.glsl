// Histogram, first pass: a fragment counts one of four ranges of 64 values in a block of 16 x 15 pixels, one byte for each value.
uniform ivec4 span; // blocks in a row of the picture, the first block, the width of the target, the picture
layout(location = 0) out uvec4 a;
layout(location = 1) out uvec4 b;
layout(location = 2) out uvec4 c;
layout(location = 3) out uvec4 d;
void main() {
  uint n[16];
  for (int i = 0; i < 16; i++) n[i] = 0u;
  int here = int(gl_FragCoord.y) * span.z + int(gl_FragCoord.x), block = span.y + here / 4;
  uint range = uint(here & 3);
  ivec2 corner = ivec2(block % span.x, block / span.x) * ivec2(16, 15), end = min(corner + ivec2(16, 15), sourceSize.xy);
  for (int y = corner.y; y < end.y; y++) {
    for (int x = corner.x; x < end.x; x++) {
      uint v = source(ivec3(x, y, span.w)).r;
      if (v >> 6 == range) n[(v >> 2) & 15u] += 1u << ((v & 3u) * 8u);
    }
  }
  a = uvec4(n[0], n[1], n[2], n[3]);
  b = uvec4(n[4], n[5], n[6], n[7]);
  c = uvec4(n[8], n[9], n[10], n[11]);
  d = uvec4(n[12], n[13], n[14], n[15]);
}
