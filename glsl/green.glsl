// The green byte.
uint green(uvec4 px) { return px.g; }
