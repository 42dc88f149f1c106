// White where exactly one value rounds to 1.
uint xor(uint a, uint b) { return (a > 127u) != (b > 127u) ? 255u : 0u; }
uint xorFloat(uint a, uint b) { return rounds(a) != rounds(b) ? ONE : 0u; }
