// Pillow's resize along an axis. Each position has `words` words: its first input, how many inputs, their weights in 2^22ths.
uvec4 resample(ivec3 p, int axis, int words) {
  int at = p[axis] * words, count = data(at + 1);
  ivec3 q = p;
  q[axis] = data(at);
  ivec4 sum = ivec4(1 << 21);
  for (int k = 0; k < count; k++, q[axis]++) sum += ivec4(source(q)) * data(at + 2 + k);
  return uvec4(clamp(sum >> 22, 0, 255));
}
