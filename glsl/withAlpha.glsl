// The picture with a mask as its alpha.
uvec4 withAlpha(uvec4 px, uint a) { return uvec4(px.rgb, a); }
