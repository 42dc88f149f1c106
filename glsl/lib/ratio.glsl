// float32(a / n) for whole numbers from 1 to 2^24 - 1, half to even: the GPU's division is a guess that integers put right.
uint ratio(uint a, uint n) {
  int shift = int(exponent(floatBitsToUint(float(n)))) - int(exponent(floatBitsToUint(float(a))));
  a <<= uint(max(shift, 0));
  n <<= uint(max(-shift, 0));
  if (a < n) { a <<= 1; shift++; }
  uint q = uint(float(a) / float(n) * 8388608.0);
  int left = int((a << 23) - q * n), size = int(n);
  for (int i = 0; i < 64 && left < 0; i++) { q--; left += size; }
  for (int i = 0; i < 64 && left >= size; i++) { q++; left -= size; }
  if (2 * left > size || (2 * left == size && (q & 1u) == 1u)) q++;
  return (uint(126 - shift) << 23) + q;
}
