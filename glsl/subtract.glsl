// What is left of a without b; bytes stop at 0.
uint subtract(uint a, uint b) { return a - min(a, b); }
uint subtractFloat(uint a, uint b) { return sum(a, b ^ SIGN); }
