// The alpha byte; a picture without one is opaque.
uint alpha(uvec4 px) { return px.a; }
