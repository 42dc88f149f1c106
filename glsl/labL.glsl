// CIE lightness: L * 255 / 100.
uint labL(uvec4 px, usampler2D nodes) { return lab(ivec3(px.rgb), nodes); }
