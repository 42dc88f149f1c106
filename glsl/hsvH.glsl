// Hue: 255 is a full turn.
uint hsvH(uvec4 px) { return uint(hue(ivec3(px.rgb))); }
