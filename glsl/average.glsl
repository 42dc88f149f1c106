// The mean of two values. Bytes round down.
uint average(uint a, uint b) { return (a + b) >> 1; }
uint averageFloat(uint a, uint b) { return mul(sum(a, b), floatBitsToUint(0.5)); }
