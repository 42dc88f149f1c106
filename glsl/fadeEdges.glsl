// Fade in from the edges: left, right, top, bottom, each the mask times float32((i + 1) / n).
// comfy-2025 (compat 1) counts right and bottom from column and row 0, -1, -2, …
uint faded(uint x, int i, int n) { return i < 0 || i >= n ? x : mul(x, ratio(uint(i + 1), uint(n))); }
int fromEnd(int at, int side, int compat) { return compat == 0 ? side - 1 - at : at == 0 ? 0 : side - at; }
uvec4 fadeEdges(ivec3 p, int left, int top, int right, int bottom, int compat) {
  ivec2 side = sourceSize.xy;
  uint x = source(p).r;
  x = faded(x, p.x, min(left, side.x));
  x = faded(x, fromEnd(p.x, side.x, compat), min(right, side.x));
  x = faded(x, p.y, min(top, side.y));
  x = faded(x, fromEnd(p.y, side.y, compat), min(bottom, side.y));
  return uvec4(x, 0u, 0u, 0u);
}
