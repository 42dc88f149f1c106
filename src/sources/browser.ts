// Pixels of what a browser can show, without a 2-D canvas: those multiply by alpha and lose what lay under it. A WebGL2
// texture with premultiplication and colour conversion off carries the bytes as they are.
import { ChromaskError } from '../errors.js';
import type { Rgba } from './exif.js';

export type Drawable =
  | ImageBitmap
  | HTMLImageElement
  | HTMLVideoElement
  | VideoFrame
  | HTMLCanvasElement
  | OffscreenCanvas;

/** The kind of a drawable by its class name, or undefined. Names, because a worker has only some of the classes. */
export function drawableKind(source: unknown): string | undefined {
  const kind = Object.prototype.toString.call(source).slice(8, -1);
  const kinds = [
    'ImageBitmap',
    'HTMLImageElement',
    'HTMLVideoElement',
    'VideoFrame',
    'HTMLCanvasElement',
    'OffscreenCanvas',
  ];
  return kinds.includes(kind) ? kind : undefined;
}

/** A canvas holds premultiplied pixels: what was under low alpha is gone already. */
export const isLossy = (kind: string): boolean => kind.endsWith('Canvas') || kind === 'HTMLCanvasElement';

export async function bitmapOf(bytes: Uint8Array<ArrayBuffer>, format: string): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(new Blob([bytes]), { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
  } catch (cause) {
    throw new ChromaskError('bad-format', `load: this browser cannot decode the ${format} file`, { cause });
  }
}

export function sizeOf(source: Drawable): { width: number; height: number } {
  if ('displayWidth' in source) return { width: source.displayWidth, height: source.displayHeight };
  if ('videoWidth' in source) return { width: source.videoWidth, height: source.videoHeight };
  if ('naturalWidth' in source) return { width: source.naturalWidth, height: source.naturalHeight };
  return { width: source.width, height: source.height };
}

/** Bytes of a drawable by way of a texture, strip by strip where it is larger than one. */
export async function pixelsOf(source: Drawable): Promise<Rgba> {
  if ('decode' in source) await source.decode();
  const plain = 'copyTo' in source ? await packed(source) : undefined;
  if (plain) return plain;
  const { width, height } = sizeOf(source);
  if (!width || !height) throw new ChromaskError('bad-format', 'load: the source has no picture yet, its size is 0');
  const gl = context();
  try {
    return { data: read(gl, source, width, height), width, height };
  } finally {
    gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

/** A frame of packed bytes copies them out; as a texture some browsers multiply them by alpha. */
async function packed(frame: VideoFrame): Promise<Rgba | undefined> {
  const { format, visibleRect } = frame;
  if (!visibleRect || !['RGBA', 'RGBX', 'BGRA', 'BGRX'].includes(format ?? '')) return undefined;
  const { width, height } = visibleRect;
  const data = new Uint8Array(width * height * 4);
  await frame.copyTo(data, { layout: [{ offset: 0, stride: width * 4 }] });
  for (let i = 0; i < data.length; i += 4) {
    if (format?.startsWith('B')) [data[i], data[i + 2]] = [data[i + 2], data[i]];
    if (format?.endsWith('X')) data[i + 3] = 255;
  }
  return { data, width, height };
}

function context(): WebGL2RenderingContext {
  const canvas = typeof OffscreenCanvas === 'undefined' ? document.createElement('canvas') : new OffscreenCanvas(1, 1);
  const options = { premultipliedAlpha: false, antialias: false, depth: false, failIfMajorPerformanceCaveat: false };
  const gl = canvas.getContext('webgl2', options) as WebGL2RenderingContext | null;
  if (gl) return gl;
  throw new ChromaskError(
    'unsupported',
    'load: without WebGL2 this browser has no lossless way to the pixels of an element; pass the PNG file, or its bytes',
  );
}

function read(gl: WebGL2RenderingContext, source: Drawable, width: number, height: number): Uint8Array<ArrayBuffer> {
  const most: number = gl.getParameter(gl.MAX_TEXTURE_SIZE);
  if (width > most || height > most) {
    throw new ChromaskError(
      'limit',
      `load: an element must be at most ${most} on a side here, got ${width} x ${height}`,
    );
  }
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, source);
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  gl.framebufferTexture2D(
    gl.FRAMEBUFFER,
    gl.COLOR_ATTACHMENT0,
    gl.TEXTURE_2D,
    gl.getParameter(gl.TEXTURE_BINDING_2D),
    0,
  );
  const data = new Uint8Array(width * height * 4);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, data);
  const error = gl.getError();
  if (error) throw new ChromaskError('unsupported', `load: WebGL could not read the element (error ${error})`);
  return data;
}
