// The pictures of a batch one below another.
uvec4 stackVertically(ivec3 p) { return source(ivec3(p.x, p.y % sourceSize.y, p.y / sourceSize.y)); }
