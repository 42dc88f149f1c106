// Blue to yellow: b + 128.
uint labB(uvec4 px, usampler2D nodes) { return lab(ivec3(px.rgb), nodes); }
