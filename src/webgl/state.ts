// Saves and restores a host's context: what a pass changes is put back before the host draws again.

/** Texture units that a pass may use: WebGL2 guarantees this many in fragment shaders. */
const UNITS = 16;

const switches = (gl: WebGL2RenderingContext): GLenum[] => [
  gl.CULL_FACE,
  gl.DEPTH_TEST,
  gl.DITHER,
  gl.SCISSOR_TEST,
  gl.STENCIL_TEST,
  gl.RASTERIZER_DISCARD,
  gl.SAMPLE_COVERAGE,
  gl.SAMPLE_ALPHA_TO_COVERAGE,
];

const stores = (gl: WebGL2RenderingContext): [GLenum, number | boolean][] => [
  [gl.UNPACK_ALIGNMENT, 1],
  [gl.UNPACK_ROW_LENGTH, 0],
  [gl.UNPACK_IMAGE_HEIGHT, 0],
  [gl.UNPACK_SKIP_PIXELS, 0],
  [gl.UNPACK_SKIP_ROWS, 0],
  [gl.UNPACK_SKIP_IMAGES, 0],
  [gl.UNPACK_FLIP_Y_WEBGL, false],
  [gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false],
  [gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE],
  [gl.PACK_ALIGNMENT, 1],
  [gl.PACK_ROW_LENGTH, 0],
  [gl.PACK_SKIP_PIXELS, 0],
  [gl.PACK_SKIP_ROWS, 0],
];

type Blending = [from: GLenum, to: GLenum, fromAlpha: GLenum, toAlpha: GLenum, equation: GLenum, ofAlpha: GLenum];

const blendings = (gl: WebGL2RenderingContext): Blending => [
  gl.BLEND_SRC_RGB,
  gl.BLEND_DST_RGB,
  gl.BLEND_SRC_ALPHA,
  gl.BLEND_DST_ALPHA,
  gl.BLEND_EQUATION_RGB,
  gl.BLEND_EQUATION_ALPHA,
];

/**
 * The extension by which each draw buffer may have its own blending and mask. WebGL cannot report which of them
 * blend.
 */
const indexed = (gl: WebGL2RenderingContext): OES_draw_buffers_indexed | null =>
  gl.getExtension('OES_draw_buffers_indexed');

/** With that extension only for the first buffer: the others receive integers, which never blend. */
function blend(gl: WebGL2RenderingContext, on: boolean): void {
  const each = indexed(gl);
  if (each) each[on ? 'enableiOES' : 'disableiOES'](gl.BLEND, 0);
  else gl[on ? 'enable' : 'disable'](gl.BLEND);
}

function blendBy(gl: WebGL2RenderingContext, [from, to, fromAlpha, toAlpha, equation, ofAlpha]: Blending): void {
  const each = indexed(gl);
  if (each) {
    each.blendFuncSeparateiOES(0, from, to, fromAlpha, toAlpha);
    each.blendEquationSeparateiOES(0, equation, ofAlpha);
  } else {
    gl.blendFuncSeparate(from, to, fromAlpha, toAlpha);
    gl.blendEquationSeparate(equation, ofAlpha);
  }
}

/** Turns blending (premultiplied colours over what is there) on or off. */
export function layOver(gl: WebGL2RenderingContext, on: boolean): void {
  blend(gl, on);
  if (on) blendBy(gl, [gl.ONE, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA, gl.FUNC_ADD, gl.FUNC_ADD]);
}

/** An extension that draws triangles as lines, missing in type declarations. */
interface Polygons {
  readonly POLYGON_MODE_WEBGL: GLenum;
  readonly FILL_WEBGL: GLenum;
  polygonModeWEBGL(face: GLenum, mode: GLenum): void;
}

const polygons = (gl: WebGL2RenderingContext): Polygons | null => gl.getExtension('WEBGL_polygon_mode');

/** The state that every pass expects. */
export function settle(gl: WebGL2RenderingContext): void {
  for (const one of switches(gl)) gl.disable(one);
  blend(gl, false);
  for (const [name, value] of stores(gl)) gl.pixelStorei(name, value);
  gl.colorMask(true, true, true, true);
  const drawn = polygons(gl);
  drawn?.polygonModeWEBGL(gl.FRONT_AND_BACK, drawn.FILL_WEBGL);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, null);
}

/** Saves a host's state. Returns a function that restores it. */
export function remember(gl: WebGL2RenderingContext): () => void {
  const get = <T>(name: GLenum): T => gl.getParameter(name) as T;
  const on = switches(gl).filter((one) => gl.isEnabled(one));
  const stored = stores(gl).map(([name]) => [name, get<number | boolean>(name)] as const);
  const program = get<WebGLProgram | null>(gl.CURRENT_PROGRAM);
  const array = get<WebGLVertexArrayObject | null>(gl.VERTEX_ARRAY_BINDING);
  const drawFrame = get<WebGLFramebuffer | null>(gl.DRAW_FRAMEBUFFER_BINDING);
  const readFrame = get<WebGLFramebuffer | null>(gl.READ_FRAMEBUFFER_BINDING);
  const pack = get<WebGLBuffer | null>(gl.PIXEL_PACK_BUFFER_BINDING);
  const unpack = get<WebGLBuffer | null>(gl.PIXEL_UNPACK_BUFFER_BINDING);
  const viewport = get<Int32Array>(gl.VIEWPORT);
  const mask = get<boolean[]>(gl.COLOR_WRITEMASK);
  const each = indexed(gl);
  const masks = Array.from({ length: each ? get<number>(gl.MAX_DRAW_BUFFERS) : 0 }, (_, i) =>
    gl.getIndexedParameter(gl.COLOR_WRITEMASK, i),
  );
  const blended = gl.isEnabled(gl.BLEND);
  const blending = blendings(gl).map((name) => get<number>(name)) as Blending;
  const drawn = polygons(gl);
  const mode = drawn && get<number>(drawn.POLYGON_MODE_WEBGL);
  const active = get<number>(gl.ACTIVE_TEXTURE);
  const feedback = get<boolean>(gl.TRANSFORM_FEEDBACK_ACTIVE) && !get<boolean>(gl.TRANSFORM_FEEDBACK_PAUSED);
  if (feedback) gl.pauseTransformFeedback();
  const units = Array.from({ length: UNITS }, (_, unit) => {
    gl.activeTexture(gl.TEXTURE0 + unit);
    return {
      flat: get<WebGLTexture | null>(gl.TEXTURE_BINDING_2D),
      array: get<WebGLTexture | null>(gl.TEXTURE_BINDING_2D_ARRAY),
      sampler: get<WebGLSampler | null>(gl.SAMPLER_BINDING),
    };
  });
  return () => {
    for (const one of switches(gl)) gl.disable(one);
    for (const one of on) gl.enable(one);
    for (const [name, value] of stored) gl.pixelStorei(name, value);
    gl.useProgram(program);
    gl.bindVertexArray(array);
    gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, drawFrame);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, readFrame);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, pack);
    gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, unpack);
    gl.viewport(viewport[0], viewport[1], viewport[2], viewport[3]);
    gl.colorMask(mask[0], mask[1], mask[2], mask[3]);
    masks.forEach((one, i) => {
      each?.colorMaskiOES(i, one[0], one[1], one[2], one[3]);
    });
    blend(gl, blended);
    blendBy(gl, blending);
    if (mode) drawn?.polygonModeWEBGL(gl.FRONT_AND_BACK, mode);
    units.forEach(({ flat, array, sampler }, unit) => {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, flat);
      gl.bindTexture(gl.TEXTURE_2D_ARRAY, array);
      gl.bindSampler(unit, sampler);
    });
    gl.activeTexture(active);
    if (feedback) gl.resumeTransformFeedback();
  };
}
