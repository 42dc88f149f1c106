// a less b. Bytes saturate at 0.
uint subtract(uint a, uint b) { return a - min(a, b); }
uint subtractFloat(uint a, uint b) { return sum(a, b ^ SIGN); }
