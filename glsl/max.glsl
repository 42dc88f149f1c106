// The larger of two. GLSL keeps the plain name for itself.
uint maxOf(uint a, uint b) { return max(a, b); }
uint maxFloat(uint a, uint b) { return larger(a, b); }
