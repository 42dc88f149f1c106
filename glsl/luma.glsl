// Pillow's gray.
uint luma(uvec4 px) { return (19595u * px.r + 38470u * px.g + 7471u * px.b + 32768u) >> 16; }
