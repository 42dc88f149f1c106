// The picture without its alpha: what is stored as the fourth of three channels is always opaque.
uvec4 removeAlpha(uvec4 px) { return px; }
