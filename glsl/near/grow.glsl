// One hop: the most (or, below 0, the least) of a pixel and those `expand` away, a diamond's corners or a square's.
// The first hop of a square takes all eight neighbours; later ones reach them through their corners.
uvec4 grow(ivec3 p, int expand, int tapered) {
  int h = abs(expand);
  bool plus = tapered == 1, square = tapered == 0;
  uint v = source(p).r;
  for (int y = -1; y <= 1; y++) {
    for (int x = -1; x <= 1; x++) {
      bool corner = x * y != 0;
      if (corner ? plus : square && h > 1) continue;
      ivec3 q = ivec3(clamp(p.xy + ivec2(x, y) * h, ivec2(0), sourceSize.xy - 1), p.z);
      v = expand > 0 ? max(v, source(q).r) : min(v, source(q).r);
    }
  }
  return uvec4(v, 0u, 0u, 0u);
}
uvec4 growFloat(ivec3 p, int expand, int tapered) {
  int h = abs(expand);
  bool plus = tapered == 1, square = tapered == 0;
  uint v = source(p).r;
  for (int y = -1; y <= 1; y++) {
    for (int x = -1; x <= 1; x++) {
      bool corner = x * y != 0;
      if (corner ? plus : square && h > 1) continue;
      ivec3 q = ivec3(clamp(p.xy + ivec2(x, y) * h, ivec2(0), sourceSize.xy - 1), p.z);
      v = expand > 0 ? larger(v, source(q).r) : smaller(v, source(q).r);
    }
  }
  return uvec4(v, 0u, 0u, 0u);
}
