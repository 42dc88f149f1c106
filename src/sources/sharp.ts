// Formats that Node cannot decode by itself, through `sharp` where the user has it.
import { ChromaskError } from '../base/errors.js';
import { installed } from '../base/node.js';
import type { Rgba } from './exif.js';

/** The little of sharp that is used. */
interface Sharp {
  rotate(): Sharp;
  ensureAlpha(): Sharp;
  toColourspace(space: 'srgb'): Sharp;
  raw(options: { depth: 'uchar' }): Sharp;
  toBuffer(options: {
    resolveWithObject: true;
  }): Promise<{ data: Uint8Array<ArrayBuffer>; info: { width: number; height: number } }>;
  metadata(): Promise<{ width: number; height: number; hasAlpha?: boolean; pages?: number }>;
}
interface Options {
  limitInputPixels: false;
  ignoreIcc: boolean;
  page: number;
}

export interface Frames {
  frames: Rgba[];
  alpha: boolean;
}

export const tooLarge = (got: number, most: number): ChromaskError =>
  new ChromaskError('limit', `load: limits.pixels must be at least the picture's ${got}, got ${most}`);

/** Every frame of a file, turned upright, colour profiles ignored as Pillow ignores them. */
export async function decodeWithSharp(
  bytes: Uint8Array,
  format: string,
  pixels: number,
  signal?: AbortSignal,
): Promise<Frames> {
  const sharp = (await installed<{ default: (bytes: Uint8Array, options: Partial<Options>) => Sharp }>('sharp'))
    ?.default;
  if (!sharp) {
    throw new ChromaskError(
      'unsupported',
      `load: ${format} files need the package sharp in Node (npm install sharp); PNG files need nothing`,
    );
  }
  // the limit is ours to check: of all frames together, and naming both numbers
  const options = { limitInputPixels: false, ignoreIcc: true } as const;
  try {
    const { width, height, hasAlpha = false, pages = 1 } = await sharp(bytes, options).metadata();
    if (width * height * pages > pixels) throw tooLarge(width * height * pages, pixels);
    const frames: Rgba[] = [];
    for (let page = 0; page < pages; page++) {
      signal?.throwIfAborted();
      const raw = sharp(bytes, pages > 1 ? { ...options, page } : options)
        .rotate()
        .toColourspace('srgb')
        .ensureAlpha();
      const { data, info } = await raw.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
      frames.push({
        data: new Uint8Array(data.buffer, data.byteOffset, data.length),
        width: info.width,
        height: info.height,
      });
    }
    signal?.throwIfAborted();
    return { frames, alpha: hasAlpha };
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof ChromaskError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ChromaskError('bad-format', `load: sharp cannot decode the ${format} file: ${reason}`, { cause });
  }
}
