// The picture with a mask as its alpha. What was asked with `replace` is in the mask already: it comes here cut or whole.
uvec4 withAlpha(uvec4 px, uint a, int replace) { return uvec4(px.rgb, a); }
