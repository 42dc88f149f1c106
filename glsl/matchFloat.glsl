// 1 where a pixel has exactly these values in the channels that it has.
uint matchFloat(uvec4 px, uint red, uint green, uint blue, uint alpha) {
  bool same = equals(px.r, red);
  if (CHANNELS > 1) same = same && equals(px.g, green) && equals(px.b, blue);
  if (CHANNELS > 3) same = same && equals(px.a, alpha);
  return same ? ONE : 0u;
}
