// Histogram, second pass: column x adds up four values, from 4 x on, over every 64th block, from y on.
uniform usampler2DArray blocks;
uniform ivec2 span; // how many blocks there are, the width of their texture
out uvec4 result;
void main() {
  int word = int(gl_FragCoord.x), range = word >> 4, part = word & 15;
  result = uvec4(0);
  for (int block = int(gl_FragCoord.y) & 63; block < span.x; block += 64) {
    int n = block * 4 + range;
    uint four = texelFetch(blocks, ivec3(n % span.y, n / span.y, part >> 2), 0)[part & 3];
    result += uvec4(four, four >> 8, four >> 16, four >> 24) & 255u;
  }
}
