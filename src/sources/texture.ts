// Pixels of what a browser can show, without a 2-D canvas: those multiply by alpha and lose what lay under it. A WebGL2
// texture with premultiplication and colour conversion off carries the bytes as they are.
import { ChromaskError } from '../base/errors.js';
import { type Drawable, empty, STRAIGHT, sizeOf } from './browser.js';
import type { Rgba } from './exif.js';

// one context for a page: WebKit keeps 16, lost ones among them, and then takes away the oldest, perhaps the page's own
const page: { gl?: WebGL2RenderingContext; straight?: boolean } = {};

/**
 * Bytes of a drawable by way of a texture, part after part where it is larger than one: parts of the file, where it came
 * from one, because Firefox gives WebGL none of what is that large.
 */
export async function pixelsOf(source: Drawable, whole: Drawable | Blob = source): Promise<Rgba> {
  const { width, height } = sizeOf(source);
  const gl = context();
  const data = new Uint8Array(width * height * 4);
  const most: number = gl.getParameter(gl.MAX_TEXTURE_SIZE);
  for (let y = 0; y < height; y += most) {
    for (let x = 0; x < width; x += most) {
      const [w, h] = [Math.min(most, width - x), Math.min(most, height - y)];
      const part = w === width && h === height ? source : await createImageBitmap(whole, x, y, w, h, STRAIGHT);
      // another picture may have been read meanwhile
      gl.pixelStorei(gl.PACK_ROW_LENGTH, width);
      gl.pixelStorei(gl.PACK_SKIP_PIXELS, x);
      gl.pixelStorei(gl.PACK_SKIP_ROWS, y);
      read(gl, part, w, h, data);
      if (part !== source && 'close' in part) part.close();
    }
  }
  return { data, width, height };
}

/** Whether bitmaps reach WebGL as they were made: WebKit multiplies them by alpha even if it is asked not to. */
export async function keepsAlpha(): Promise<boolean> {
  if (page.straight !== undefined) return page.straight;
  const bytes = Uint8ClampedArray.of(200, 100, 50, 128);
  const bitmap = await createImageBitmap(new ImageData(bytes, 1, 1), STRAIGHT);
  try {
    const { data } = await pixelsOf(bitmap);
    page.straight = data.every((value, i) => value === bytes[i]);
    return page.straight;
  } finally {
    bitmap.close();
  }
}

/** What a canvas keeps of a bitmap, if its own pixels cannot be had. */
export function painted(bitmap: ImageBitmap): OffscreenCanvas {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  return canvas;
}

/** An image element of a file: its pixels are exact where those of a bitmap are not. Workers have no such elements. */
export async function elementFor(file: Blob, format: string): Promise<HTMLImageElement> {
  if (typeof document === 'undefined') {
    const message = `load: this browser has no lossless way to a ${format} file with alpha in a worker; load it in the page`;
    throw new ChromaskError('unsupported', message);
  }
  const image = document.createElement('img');
  const address = URL.createObjectURL(file);
  try {
    image.src = address;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function context(): WebGL2RenderingContext {
  if (page.gl && !page.gl.isContextLost()) return page.gl;
  const canvases: (OffscreenCanvas | HTMLCanvasElement)[] = [];
  if (typeof OffscreenCanvas !== 'undefined') canvases.push(new OffscreenCanvas(1, 1));
  if (typeof document !== 'undefined') canvases.push(document.createElement('canvas'));
  const options = { premultipliedAlpha: false, antialias: false, depth: false, failIfMajorPerformanceCaveat: false };
  for (const canvas of canvases) {
    // WebKitGTK's off-screen ones have no WebGL2
    const gl = canvas.getContext('webgl2', options) as WebGL2RenderingContext | null;
    if (!gl) continue;
    page.gl = gl;
    return gl;
  }
  const what = 'the pixels of an element, or of a file that is no PNG';
  const message = `load: without WebGL2 this browser has no lossless way to ${what}; pass a PNG file, or its bytes`;
  throw new ChromaskError('unsupported', message);
}

function read(gl: WebGL2RenderingContext, part: Drawable, width: number, height: number, into: Uint8Array): void {
  const texture = gl.createTexture();
  const frame = gl.createFramebuffer();
  try {
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, part);
    gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    const refused = gl.getError();
    // nothing came, and no error either
    if (!refused && gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) throw empty(part);
    if (!refused) gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, into);
    const error = refused || gl.getError();
    if (error) {
      const code = error === gl.CONTEXT_LOST_WEBGL ? 'context-lost' : 'unsupported';
      throw new ChromaskError(code, `load: WebGL could not read the element (error ${error})`);
    }
  } finally {
    gl.deleteTexture(texture);
    gl.deleteFramebuffer(frame);
  }
}
