// JPEG's luma.
uint yuvY(uvec4 px) { return uint(luminance(ivec3(px.rgb))); }
