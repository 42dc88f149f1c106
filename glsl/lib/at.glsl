// A pixel of a tiled picture. grid: a tile's width and height, columns, rows. Each layer holds `stack` tiles, one above another.
uvec4 at(usampler2DArray pixels, ivec3 p, ivec4 grid, int stack) {
  ivec2 tile = p.xy / grid.xy, q = p.xy - tile * grid.xy;
  int n = (p.z * grid.w + tile.y) * grid.z + tile.x;
  return texelFetch(pixels, ivec3(q.x, q.y + (n % stack) * grid.y, n / stack), 0);
}
