// Draws a mask on the screen: as gray, as a tint, or as a tint over a picture. In plain floats, because its bits are not
// promised.
uniform ivec2 view; // the index of the picture, and 1 where row 0 is at the bottom
uniform vec2 target; // the size it is shown in
uniform vec4 tint; // red, green, blue, opacity
uniform int look; // 0 as it is, 1 tint, 2 tint over a picture, 3 as it is and not premultiplied
uniform bool straight; // whether the target takes colours that are not premultiplied
out vec4 result;
vec4 seen(uvec4 v, bool floats) { return floats ? clamp(uintBitsToFloat(v), 0.0, 1.0) : vec4(v) / 255.0; }
vec4 shown(ivec2 place) {
  ivec2 p = clamp(place, ivec2(0), sourceSize.xy - 1);
  vec4 v = seen(source(ivec3(p, view.x)), FLOATS);
  if (CHANNELS < 3) v = v.rrrr;
  if (CHANNELS < 4) v.a = 1.0;
  float cover = v.r * tint.a;
  if (look == 0) return vec4(v.rgb * v.a, v.a) * tint.a;
  if (look == 1) return vec4(tint.rgb * cover, cover);
  if (look == 3) return v;
  vec4 under = seen(other(ivec3(p, min(view.x, otherSize.z - 1))), OTHER_FLOATS);
  if (OTHER_CHANNELS < 3) under = under.rrrr;
  if (OTHER_CHANNELS < 4) under.a = 1.0;
  return vec4(tint.rgb * cover, cover) + vec4(under.rgb * under.a, under.a) * (1.0 - cover);
}
void main() {
  vec2 size = vec2(sourceSize.xy), at = gl_FragCoord.xy;
  if (view.y == 1) at.y = target.y - at.y;
  if (target == size) result = shown(ivec2(at));
  else {
    vec2 place = at / target * size - 0.5, part = fract(place);
    ivec2 p = ivec2(floor(place));
    vec4 upper = mix(shown(p), shown(p + ivec2(1, 0)), part.x);
    result = mix(upper, mix(shown(p + ivec2(0, 1)), shown(p + 1), part.x), part.y);
  }
  result += below() * (1.0 - result.a);
  if (straight && result.a > 0.0) result.rgb /= result.a;
}
