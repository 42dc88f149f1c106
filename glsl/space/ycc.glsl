// JPEG's luma and colour differences, rounded as in Pillow's tables.
int luminance(ivec3 c) {
  return (((39191 * c.r + 964) >> 11) + ((153879 * c.g + 1988) >> 12) + ((59769 * c.b + 4074) >> 13)) >> 6;
}
int chromaBlue(ivec3 c) {
  return ((32 * c.b - max(0, (5529 * c.r - 215) >> 9) - max(0, (10855 * c.g - 298) >> 9)) >> 6) + 128;
}
int chromaRed(ivec3 c) {
  return ((32 * c.r - max(0, (109757 * c.g - 2036) >> 12) - max(0, (21315 * c.b - 2060) >> 12)) >> 6) + 128;
}
