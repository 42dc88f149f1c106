// The smaller of two. GLSL keeps the plain name for itself.
uint minOf(uint a, uint b) { return min(a, b); }
uint minFloat(uint a, uint b) { return smaller(a, b); }
