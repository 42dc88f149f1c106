// WebGL's names for the four texture formats of pictures.
import type { Format } from './layout.js';

export interface GlFormat {
  readonly internal: GLenum;
  readonly format: GLenum;
  readonly type: GLenum;
}

/** R8UI, RGBA8UI, R32UI, RGBA32UI. Floats are stored by their bits, so that no GPU needs to support drawing floats. */
export function glFormat(gl: WebGL2RenderingContext, { texel, dtype }: Format): GlFormat {
  const format = texel === 1 ? gl.RED_INTEGER : gl.RGBA_INTEGER;
  if (dtype === 'uint8') return { internal: texel === 1 ? gl.R8UI : gl.RGBA8UI, format, type: gl.UNSIGNED_BYTE };
  return { internal: texel === 1 ? gl.R32UI : gl.RGBA32UI, format, type: gl.UNSIGNED_INT };
}
