// The sum. Bytes saturate at 255.
uint add(uint a, uint b) { return min(a + b, 255u); }
uint addFloat(uint a, uint b) { return sum(a, b); }
