// LittleCMS's tetrahedral interpolation in integers, for one component of the 33 x 33 x 33 nodes: x = b + 33 g, y = r.
int node(ivec3 i, usampler2D nodes) { return int(texelFetch(nodes, ivec2(i.b + 33 * i.g, i.r), 0).r); }
uint lab(ivec3 c, usampler2D nodes) {
  ivec3 t = 32 * c + 128, f = c * 8224 + ((t * 257) >> 16), i = f >> 16, w = f & 65535;
  bool xy = w.r >= w.g, yz = w.g >= w.b, xz = w.r >= w.b;
  ivec3 e1 = xy && xz ? ivec3(1, 0, 0) : !xy && yz ? ivec3(0, 1, 0) : ivec3(0, 0, 1);
  ivec3 e3 = yz && xz ? ivec3(0, 0, 1) : xy && !yz ? ivec3(0, 1, 0) : ivec3(1, 0, 0);
  int w1 = max(max(w.r, w.g), w.b), w3 = min(min(w.r, w.g), w.b), w2 = w.r + w.g + w.b - w1 - w3;
  int v0 = node(i, nodes), v1 = node(min(i + e1, 32), nodes);
  int v2 = node(min(i + 1 - e3, 32), nodes), v3 = node(min(i + 1, 32), nodes);
  int q = (v1 - v0) * w1 + (v2 - v1) * w2 + (v3 - v2) * w3 + 0x8001, o = v0 + ((q + (q >> 16)) >> 16);
  return (uint(o) * 65281u + 8388608u) >> 24;
}
