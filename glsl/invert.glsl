// 1 - x of floats. Bytes use a table.
uint invert(uint x) { return sum(ONE, x ^ SIGN); }
