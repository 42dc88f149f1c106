// The greater of two. GLSL reserves the plain name.
uint maxOf(uint a, uint b) { return max(a, b); }
uint maxFloat(uint a, uint b) { return larger(a, b); }
