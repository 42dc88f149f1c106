// A gray picture: the value three times.
uvec4 toImage(uvec4 px) { return px.rrra; }
