// Histogram, last pass: adds up the rows, 256 counts in a row of 64 texels.
uniform usampler2DArray rows;
uniform int height;
out uvec4 result;
void main() {
  result = uvec4(0);
  for (int y = 0; y < height; y++) result += texelFetch(rows, ivec3(int(gl_FragCoord.x), y, 0), 0);
}
