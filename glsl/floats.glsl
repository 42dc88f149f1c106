// A byte as the float32 nearest to v / 255, from a table, so that it does not depend on the GPU's division.
uniform usampler2D units;
uint floats(uint v) { return texelFetch(units, ivec2(v, 0), 0).r; }
