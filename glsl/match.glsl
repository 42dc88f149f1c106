// 255 where a pixel has exactly this colour in the channels that it has. The colour is packed, red in the lowest byte.
uint match(uvec4 px, int color) {
  uint packed = px.r | px.g << 8 | px.b << 16 | px.a << 24;
  uint ignored = CHANNELS == 4 ? 0u : CHANNELS == 3 ? 0xff000000u : 0xffffff00u;
  return ((packed ^ uint(color)) & ~ignored) == 0u ? 255u : 0u;
}
