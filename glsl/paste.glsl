// Pastes a mask over another at x, y. A single picture is pasted over each one of a batch.
uvec4 paste(ivec3 p, int x, int y) {
  ivec3 q = ivec3(p.x - x, p.y - y, min(p.z, otherSize.z - 1));
  return q.x >= 0 && q.y >= 0 && q.x < otherSize.x && q.y < otherSize.y ? other(q) : source(p);
}
