// The largest of red, green and blue.
uint hsvV(uvec4 px) { return max(px.r, max(px.g, px.b)); }
