// a * b, rounded to nearest. Where a GPU may flush to zero or overflow, the product is made of 12-bit halves instead. The uniform
// `zero` is 0, which the compiler cannot know, so it cannot fuse a product with a sum that follows.
uniform uint zero;
uint mul(uint a, uint b) {
  uint ea = exponent(a), eb = exponent(b);
  if (min(ea, eb) == 0u || max(ea, eb) == 255u || ea + eb < 129u || ea + eb > 380u) return mulWhole(a, b);
  return floatBitsToUint(uintBitsToFloat(a) * uintBitsToFloat(b)) ^ zero;
}
