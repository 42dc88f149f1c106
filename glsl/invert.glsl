// 1 - x of floats; bytes have a table.
uint invert(uint x) { return sum(ONE, x ^ SIGN); }
