// A gray picture: the value three times.
uvec4 toGray(uvec4 px) { return px.rrra; }
