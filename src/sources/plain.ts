// Pixels of a decoded file without WebGL2, if that loses nothing: through a 2-D canvas if they are opaque, because multiplying by alpha
// then changes nothing; through WebCodecs if its frame has RGBA bytes. A JPEG's frame has not, and browsers convert its colours.
import { packed } from './browser.js';
import type { Rgba } from './exif.js';

/** Pixels of a side of what a canvas is tried with. */
const SIDE = 64;

// asked once a page: browsers that guard against fingerprints change a few bytes of what a canvas gives back
const page: { honest?: boolean; straight?: boolean } = {};

/** A WebP of one pixel, 200 100 50 with alpha 128. */
const HALF = 'UklGRh4AAABXRUJQVlA4TBEAAAAvAAAAEAdQsiJXpoCBiOh/AAA=';

/** The bitmap's bytes, or undefined if neither way is possible. */
export async function plainly(bitmap: ImageBitmap, file: Blob, format: string): Promise<Rgba | undefined> {
  return drawn(bitmap) ?? (await framed(file, format, bitmap));
}

function drawn(bitmap: ImageBitmap): Rgba | undefined {
  const { width, height } = bitmap;
  page.honest ??= honest();
  const context = page.honest ? contextOf(width, height) : undefined;
  if (!context) return undefined;
  try {
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    // what does not fit on a canvas reads as transparent
    const bytes = new Uint8Array(data.buffer);
    return hasAlpha(bytes) ? undefined : { data: bytes, width, height };
  } catch {
    return undefined; // one that large cannot be read
  }
}

/** Browsers do not say whether a file has alpha. A file whose every pixel is opaque has none to lose. */
export function hasAlpha(data: Uint8Array): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return true;
  return false;
}

function honest(): boolean {
  const context = contextOf(SIDE, SIDE);
  if (!context) return false;
  const noise = Uint8ClampedArray.from({ length: SIDE * SIDE * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (Math.imul(i + 1, 0x9e3779b1) >>> 13) & 255,
  );
  context.putImageData(new ImageData(noise, SIDE, SIDE), 0, 0);
  return context.getImageData(0, 0, SIDE, SIDE).data.every((value, i) => value === noise[i]);
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D | undefined {
  if (typeof OffscreenCanvas === 'undefined') return undefined;
  return new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true }) ?? undefined;
}

const half = (): ArrayBuffer => Uint8Array.from(atob(HALF), (letter) => letter.charCodeAt(0)).buffer;

async function framed(file: Blob, format: string, like: ImageBitmap): Promise<Rgba | undefined> {
  // frames of Firefox are multiplied by alpha, and do not say so
  page.straight ??= String((await decoded(half(), 'webp'))?.data) === '200,100,50,128';
  const made = page.straight ? await decoded(await file.arrayBuffer(), format) : undefined;
  return made?.width === like.width && made.height === like.height ? made : undefined;
}

async function decoded(data: ArrayBuffer, format: string): Promise<Rgba | undefined> {
  const type = `image/${format}`;
  if (typeof ImageDecoder === 'undefined' || !(await ImageDecoder.isTypeSupported(type))) return undefined;
  const decoder = new ImageDecoder({ data, type, colorSpaceConversion: 'none' });
  try {
    const { image } = await decoder.decode();
    try {
      return await packed(image);
    } finally {
      image.close();
    }
  } catch {
    return undefined;
  } finally {
    decoder.close();
  }
}
