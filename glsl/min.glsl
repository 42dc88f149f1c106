// The lesser of two. GLSL reserves the plain name.
uint minOf(uint a, uint b) { return min(a, b); }
uint minFloat(uint a, uint b) { return smaller(a, b); }
