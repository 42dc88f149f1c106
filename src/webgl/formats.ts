// The four texture formats that pictures are kept in, as WebGL wants them named.
import type { Format } from './layout.js';

export interface GlFormat {
  readonly internal: GLenum;
  readonly format: GLenum;
  readonly type: GLenum;
}

/** R8UI, RGBA8UI, R32UI, RGBA32UI: floats travel as their bits, so that no GPU has to be able to draw floats. */
export function glFormat(gl: WebGL2RenderingContext, { texel, dtype }: Format): GlFormat {
  const format = texel === 1 ? gl.RED_INTEGER : gl.RGBA_INTEGER;
  if (dtype === 'uint8') return { internal: texel === 1 ? gl.R8UI : gl.RGBA8UI, format, type: gl.UNSIGNED_BYTE };
  return { internal: texel === 1 ? gl.R32UI : gl.RGBA32UI, format, type: gl.UNSIGNED_INT };
}
