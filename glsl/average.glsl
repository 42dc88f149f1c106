// Half way between two values; bytes are rounded down.
uint average(uint a, uint b) { return (a + b) >> 1; }
uint averageFloat(uint a, uint b) { return mul(sum(a, b), floatBitsToUint(0.5)); }
