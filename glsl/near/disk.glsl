// A disk as the chords of its rows. Level k lies k picture heights below and has the greatest (or, if `expand` is below 0, the
// least) of 2^k values from each position on. The last value of a row repeats beyond the right edge.
uvec4 diskLevels(ivec3 p, int expand, int height) {
  int have = sourceSize.y / height, level = p.y / height;
  if (level < have) return source(p);
  int step = 1 << (have - 1), times = 1 << (level - have + 1), y = p.y - (level - have + 1) * height;
  uint v = source(ivec3(p.x, y, p.z)).r;
  for (int i = 1; i < times; i++) v = further(v, source(ivec3(min(p.x + i * step, sourceSize.x - 1), y, p.z)).r, expand);
  return uvec4(v, 0u, 0u, 0u);
}
uvec4 diskLevelsFloat(ivec3 p, int expand, int height) {
  int have = sourceSize.y / height, level = p.y / height;
  if (level < have) return source(p);
  int step = 1 << (have - 1), times = 1 << (level - have + 1), y = p.y - (level - have + 1) * height;
  uint v = source(ivec3(p.x, y, p.z)).r;
  for (int i = 1; i < times; i++) v = furtherFloat(v, source(ivec3(min(p.x + i * step, sourceSize.x - 1), y, p.z)).r, expand);
  return uvec4(v, 0u, 0u, 0u);
}
// The two runs that cover a chord: where each begins, and their row in the levels.
ivec3 chord(ivec3 p, int y, int height) {
  int halfChord = data(abs(y - p.y)), from = max(p.x - halfChord, 0), to = min(p.x + halfChord, sourceSize.x - 1);
  int level = (floatBitsToInt(float(to - from + 1)) >> 23) - 127;
  return ivec3(from, to + 1 - (1 << level), y + level * height);
}
uvec4 disk(ivec3 p, int expand, int height) {
  int reach = abs(expand), last = min(p.y + reach, height - 1);
  uint v = source(p).r;
  for (int y = max(p.y - reach, 0); y <= last; y++) {
    ivec3 c = chord(p, y, height);
    v = further(v, further(source(ivec3(c.xz, p.z)).r, source(ivec3(c.yz, p.z)).r, expand), expand);
  }
  return uvec4(v, 0u, 0u, 0u);
}
uvec4 diskFloat(ivec3 p, int expand, int height) {
  int reach = abs(expand), last = min(p.y + reach, height - 1);
  uint v = source(p).r;
  for (int y = max(p.y - reach, 0); y <= last; y++) {
    ivec3 c = chord(p, y, height);
    v = furtherFloat(v, furtherFloat(source(ivec3(c.xz, p.z)).r, source(ivec3(c.yz, p.z)).r, expand), expand);
  }
  return uvec4(v, 0u, 0u, 0u);
}
