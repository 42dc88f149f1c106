// 1 above the value, else 0; NaN is 0. Bytes use a table.
uint threshold(uint x, uint value) { return above(x, value) ? ONE : 0u; }
