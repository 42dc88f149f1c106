// JPEG's blue difference, Cb.
uint yuvU(uvec4 px) { return uint(chromaBlue(ivec3(px.rgb))); }
