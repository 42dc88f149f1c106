// Elements and bitmaps of a browser: their kind and size, when they are ready, and the form in which their pixels are exact.
import { ChromaskError, classOf } from '../base/errors.js';
import { type Rgba, upright } from './exif.js';

export type Drawable =
  | ImageBitmap
  | HTMLImageElement
  | HTMLVideoElement
  | VideoFrame
  | HTMLCanvasElement
  | OffscreenCanvas;

/** The kind of a drawable by its class name, or undefined. Names, because a worker has only some of the classes. */
export function drawableKind(source: unknown): string | undefined {
  const kind = classOf(source);
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

/** A canvas stores colours multiplied by alpha: colours under low alpha are lost already. */
export const isLossy = (kind: string): boolean => kind.endsWith('Canvas') || kind === 'HTMLCanvasElement';

export async function bitmapOf(file: Blob, format: string): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, STRAIGHT);
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

export const STRAIGHT = { premultiplyAlpha: 'none', colorSpaceConversion: 'none' } as const;

/** Waits for an image; refuses what shows nothing. */
export async function settled(source: Drawable): Promise<void> {
  try {
    await come(source);
  } catch (cause) {
    throw readable(cause, source);
  }
}

async function come(source: Drawable): Promise<void> {
  if ('decode' in source) {
    await source.decode().catch((cause: unknown) => {
      if (source.currentSrc)
        throw new ChromaskError('bad-format', 'load: the browser cannot decode the image element', { cause });
    });
  }
  const { width, height } = sizeOf(source);
  if (!width || !height || ('videoWidth' in source && source.readyState < 2)) throw empty(source);
}

export const empty = (source: unknown, cause?: unknown): ChromaskError => {
  const message = `load: source must show a picture by now, got one that does not: ${drawableKind(source)}`;
  return new ChromaskError('bad-argument', message, { cause });
};

/** The form of a source that a texture takes without loss: a bitmap that is not multiplied by alpha, a frame in its stored size. */
export async function asStored(source: Drawable): Promise<Drawable> {
  // a bitmap does not say how it was made; copying one that is not multiplied by alpha changes no byte
  if (drawableKind(source) === 'ImageBitmap') return straight(source);
  if ('naturalWidth' in source) return inStoredSize(source);
  // as a texture a frame would have its display size, with nothing where it has no stored pixels
  if (!('visibleRect' in source) || !source.visibleRect) return source;
  const { width, height } = source.visibleRect;
  const seen = [source.displayWidth, source.displayHeight];
  if (((source as Turned).rotation ?? 0) % 180) seen.reverse();
  if (seen[0] === width && seen[1] === height) return source;
  // the size before it is turned
  return new VideoFrame(source, { displayWidth: width, displayHeight: height });
}

/** An image in its stored size: the size that it tells is divided by its density, its texture is not. */
async function inStoredSize(image: HTMLImageElement): Promise<Drawable> {
  const stored = await straight(image).catch(() => undefined);
  // not every browser's bitmap keeps what lay under alpha
  if (stored && (stored.width !== image.naturalWidth || stored.height !== image.naturalHeight)) return stored;
  stored?.close();
  return image;
}

/** A bitmap of what an element shows. */
export const straight = (source: Drawable): Promise<ImageBitmap> => createImageBitmap(source, STRAIGHT);

/** Newer than the declarations of TypeScript here. */
type Turned = VideoFrame & { rotation?: number; flip?: boolean };

/** EXIF's numbers for a rotation, and for one that is then mirrored. */
const TURNED: Record<number, [number, number]> = { 90: [6, 5], 180: [3, 4], 270: [8, 7] };

/** The typed error for the browser's own: pixels of another origin must not be read, and some sources have none. */
export function readable(cause: unknown, source: unknown): unknown {
  const name = cause instanceof Error ? cause.name : '';
  // the second: it only calls itself what it is taken for
  if (['InvalidStateError', 'TypeError'].includes(name)) return empty(source, cause);
  // the second: it cannot be sent to a worker either
  if (!['SecurityError', 'DataCloneError'].includes(name)) return cause;
  const message =
    'load: the browser keeps the pixels of an element of another origin; set its crossOrigin, or pass a Blob';
  return new ChromaskError('unsupported', message, { cause });
}

/** A frame of packed bytes copies them out; as a texture browsers multiply them by alpha, or use an alpha that the format does not have. */
export async function packed(frame: Drawable): Promise<Rgba | undefined> {
  if (!('visibleRect' in frame)) return undefined;
  const { format, visibleRect } = frame;
  if (!visibleRect || !['RGBA', 'RGBX', 'BGRA', 'BGRX'].includes(format ?? '')) return undefined;
  const { width, height } = visibleRect;
  const data = new Uint8Array(width * height * 4);
  await frame.copyTo(data, { layout: [{ offset: 0, stride: width * 4 }] });
  for (let i = 0; i < data.length; i += 4) {
    if (format?.startsWith('B')) [data[i], data[i + 2]] = [data[i + 2], data[i]];
    if (format?.endsWith('X')) data[i + 3] = 255;
  }
  const { rotation = 0, flip = false } = frame as Turned;
  return upright({ data, width, height }, (TURNED[rotation] ?? [1, 2])[Number(flip)]);
}
