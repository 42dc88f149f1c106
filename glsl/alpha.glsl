// The alpha byte. A picture without alpha is opaque.
uint alpha(uvec4 px) { return px.a; }
