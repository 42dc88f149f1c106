// Pillow's paste onto black: round(a * b / 255). Floats: the product.
uint multiply(uint a, uint b) {
  uint t = a * b + 128u;
  return ((t >> 8) + t) >> 8;
}
uint multiplyFloat(uint a, uint b) { return mul(a, b); }
