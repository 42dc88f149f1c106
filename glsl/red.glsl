// The red byte.
uint red(uvec4 px) { return px.r; }
