// The blue byte.
uint blue(uvec4 px) { return px.b; }
