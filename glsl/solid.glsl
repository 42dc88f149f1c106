// Fills a picture with one value.
uvec4 solid(ivec3 p, uint value, int width, int height) { return uvec4(value, 0u, 0u, 0u); }
