// 1 / (1 + e^-x) by float32 sums and products alone, in the same order as the kernel.
uint less(uint a, uint b) { return sum(a, b ^ SIGN); }
uint power(int k) { return uint(127 + k) << 23; }
uint closer(uint r, uint d) { return mul(r, less(0x40000000u, mul(d, r))); }
uint sigmoid(uint x) {
  if (isNan(x)) return x;
  uint a = min(x & ~SIGN, 0x42d00000u);
  uint t = sum(mul(a, 0x3fb8aa3bu), 0x4b400000u), n = less(t, 0x4b400000u);
  int k = int(t) - 0x4b400000;
  uint y = less(less(mul(n, 0x3f318000u), a), mul(n, 0x395e8083u));
  uint p = sum(mul(0x39506967u, y), 0x3ab743ceu);
  p = sum(mul(p, y), 0x3c088908u);
  p = sum(mul(p, y), 0x3d2aa9c1u);
  p = sum(mul(p, y), 0x3e2aaaaau);
  p = sum(mul(p, y), 0x3f000000u);
  int part = k >> 1;
  uint e = mul(mul(sum(sum(mul(p, mul(y, y)), y), ONE), power(-part)), power(part - k));
  uint d = sum(e, ONE), r = less(0x3fb4b4b5u, mul(d, 0x3ef0f0f1u));
  r = closer(closer(closer(r, d), d), d);
  uint q = mul(e, r), s = sum(q, mul(less(less(e, q), mul(q, e)), r));
  return (x & SIGN) != 0u && x != SIGN ? s : less(ONE, s);
}
