// The picture without its alpha. The texture's fourth channel is always opaque for pictures of three channels.
uvec4 removeAlpha(uvec4 px) { return px; }
