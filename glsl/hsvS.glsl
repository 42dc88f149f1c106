// Saturation.
uint hsvS(uvec4 px) { return uint(saturation(ivec3(px.rgb))); }
