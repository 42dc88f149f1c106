// PNG files to frames: our own reader, byte for byte, colour under alpha 0 included.
import { decode } from '../png/decode.js';
import type { Rgba } from './exif.js';
import type { Frames } from './sharp.js';

export async function decodePng(bytes: Uint8Array<ArrayBuffer>, pixels: number, signal?: AbortSignal): Promise<Frames> {
  const { width, height, data, frames, source } = await decode(bytes, { format: 'rgba8', limits: { pixels }, signal });
  const still: Rgba = { data: data as Uint8Array<ArrayBuffer>, width, height };
  const animated = frames.map((frame) => ({ data: frame.data as Uint8Array<ArrayBuffer>, width, height }));
  return { frames: animated.length ? animated : [still], alpha: source.alpha || animated.length > 0 };
}
