// JPEG's red difference, Cr.
uint yuvV(uvec4 px) { return uint(chromaRed(ivec3(px.rgb))); }
