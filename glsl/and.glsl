// White where both values round to 1.
uint and(uint a, uint b) { return (a > 127u) && (b > 127u) ? 255u : 0u; }
uint andFloat(uint a, uint b) { return rounds(a) && rounds(b) ? ONE : 0u; }
