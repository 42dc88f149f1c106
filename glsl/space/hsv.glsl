// Hue and saturation, rounded as in Pillow. HM marks the hues k/255 that Pillow's float chain puts one lower.
const uint HM[8] = uint[8](0xfffffffeu, 0u, 0x11000000u, 0x00000111u, 0x222aaaaau, 0x23232222u, 0x00022222u, 0u);
int most(ivec3 c) { return max(max(c.r, c.g), c.b); }
int spread(ivec3 c) { return most(c) - min(min(c.r, c.g), c.b); }
int hue(ivec3 c) {
  int m = most(c), d = spread(c);
  if (d == 0) return 0;
  int n = c.r == m ? c.g - c.b : c.g == m ? 2 * d + c.b - c.r : 4 * d + c.r - c.g;
  if (n < 0) n += 6 * d;
  int q = (85 * n) / (2 * d);
  bool exact = 85 * n == q * 2 * d;
  return exact ? q - int((HM[q >> 5] >> uint(q & 31)) & 1u) : q;
}
int saturation(ivec3 c) { return spread(c) == 0 ? 0 : (255 * spread(c)) / most(c); }
