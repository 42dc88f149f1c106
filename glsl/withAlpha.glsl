// The picture with a mask as its alpha. Without `replace`, the mask has already been limited to the picture's own alpha.
uvec4 withAlpha(uvec4 px, uint a, int replace) { return uvec4(px.rgb, a); }
