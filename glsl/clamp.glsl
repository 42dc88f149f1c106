// Clamps to 0..1. NaN and -0 stay. GLSL reserves the plain name.
uint clampOf(uint x) {
  if (isNan(x) || x == SIGN) return x;
  return (x & SIGN) != 0u ? 0u : min(x, ONE);
}
