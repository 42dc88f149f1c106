// White where either value rounds to 1.
uint or(uint a, uint b) { return (a > 127u) || (b > 127u) ? 255u : 0u; }
uint orFloat(uint a, uint b) { return rounds(a) || rounds(b) ? ONE : 0u; }
