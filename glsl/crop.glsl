// A rectangle of the mask.
uvec4 crop(ivec3 p, int x, int y, int width, int height) { return source(p + ivec3(x, y, 0)); }
