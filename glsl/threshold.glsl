// 1 above the value, 0 at and below it and for NaN; bytes have a table.
uint threshold(uint x, uint value) { return above(x, value) ? ONE : 0u; }
