// The absolute difference.
uint difference(uint a, uint b) { return max(a, b) - min(a, b); }
uint differenceFloat(uint a, uint b) { return sum(a, b ^ SIGN) & ~SIGN; }
