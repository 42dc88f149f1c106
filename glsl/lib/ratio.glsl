// float32(a / n) for whole numbers from 1 to 2^24 - 1, half to even: integers correct the GPU's division.
uint ratio(uint a, uint n) {
  int shift = int(exponent(floatBitsToUint(float(n)))) - int(exponent(floatBitsToUint(float(a))));
  a <<= uint(max(shift, 0));
  n <<= uint(max(-shift, 0));
  if (a < n) { a <<= 1; shift++; }
  uint q = uint(float(a) / float(n) * 8388608.0);
  int left = int((a << 23) - q * n), size = int(n);
  int more = left / size;
  q += uint(more);
  left -= more * size;
  if (left < 0) { q--; left += size; }
  if (2 * left > size || (2 * left == size && (q & 1u) == 1u)) q++;
  return (uint(126 - shift) << 23) + q;
}
