// What people see: a mask as gray, as a tint, or as a tint over a picture. Not a promised path, so plain floats.
uniform ivec3 view; // the picture, then 1 and the height where row 0 is at the bottom
uniform vec4 tint; // red, green, blue, opacity
uniform int look; // 0 as it is, 1 tint, 2 tint over a picture, 3 as it is and straight
out vec4 result;
vec4 seen(uvec4 v, bool floats) { return floats ? clamp(uintBitsToFloat(v), 0.0, 1.0) : vec4(v) / 255.0; }
void main() {
  ivec2 p = ivec2(gl_FragCoord.xy);
  if (view.y == 1) p.y = view.z - 1 - p.y;
  vec4 v = seen(source(ivec3(p, view.x)), FLOATS);
  if (CHANNELS < 3) v = v.rrrr;
  if (CHANNELS < 4) v.a = 1.0;
  float cover = v.r * tint.a;
  if (look == 0) result = vec4(v.rgb * v.a, v.a) * tint.a;
  if (look == 1) result = vec4(tint.rgb * cover, cover);
  if (look == 2) {
    vec4 under = seen(other(ivec3(p, min(view.x, otherSize.z - 1))), OTHER_FLOATS);
    if (OTHER_CHANNELS < 3) under = under.rrrr;
    if (OTHER_CHANNELS < 4) under.a = 1.0;
    result = vec4(tint.rgb * cover, cover) + vec4(under.rgb * under.a, under.a) * (1.0 - cover);
  }
  if (look == 3) result = v;
}
