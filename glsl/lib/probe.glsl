// The self-test that runs once on every GPU: whether its floats, with the care taken here, give the expected bits.
out uvec4 result;
void main() {
  int i = int(gl_FragCoord.x);
  uint a = source(ivec3(i, 0, 0)).r, b = source(ivec3(i, 1, 0)).r;
  result = uvec4(mul(a, b), sum(a, b), sum(a, b ^ SIGN), bytes(a));
}
