// The bytes of a normalised texture that the browser uploaded.
uniform sampler2D picture;
uniform ivec2 corner;
out uvec4 result;
void main() { result = uvec4(texelFetch(picture, ivec2(gl_FragCoord.xy) - corner, 0) * 255.0 + 0.5); }
