// Green to red: a + 128.
uint labA(uvec4 px, usampler2D nodes) { return lab(ivec3(px.rgb), nodes); }
