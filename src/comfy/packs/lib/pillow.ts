// Pillow's byte pictures, with what Image and ImageChops do to them, in Pillow's integers.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch } from '../../../index.js';
import { ImageBatch as Image } from '../../../index.js';
import type { Box } from '../../sockets.js';
import type { Around, Plane } from './each.js';

/** Bytes by pixel, with 1 channel (mode L), 3 (RGB) or 4 (RGBA). */
export interface Picture extends Plane<Uint8Array> {
  readonly channels: number;
}

/** A plane of bytes as a picture of mode L. */
export const gray = (plane: Plane<Uint8Array>): Picture => ({ ...plane, channels: 1 });

/** Image.new. */
export function filledPicture(width: number, height: number, color: readonly number[]): Picture {
  const channels = color.length;
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < data.length; i++) data[i] = color[i % channels];
  return { data, width, height, channels };
}

/** Each picture of the batch as bytes, truncated. */
export async function picturesOf(node: string, input: string, image: ImageBatch, call: Around): Promise<Picture[]> {
  const [, height, width, channels] = image.shape;
  if (channels === 2) throw refusal(node, input, 'of 1, 3 or 4 channels', `shape [${image.shape}]`, 'bad-shape');
  const all = (await image.bytes({ signal: call.signal } as never)) as Uint8Array;
  const size = width * height * channels;
  return Array.from({ length: all.length / size }, (_, b) => {
    return { data: all.subarray(b * size, (b + 1) * size), width, height, channels };
  });
}

/** One batch of pictures that have the same size and channels. */
export function imageOf(call: Around, all: readonly Picture[]): ImageBatch {
  const batches = all.map(({ data, width, height, channels }) => {
    return call.device.image(data, [1, height, width, channels]);
  });
  return Image.cat(batches).as('float32');
}

/** convert('RGB'): repeats gray three times, drops alpha. */
export function rgb(picture: Picture): Picture {
  const { data, width, height, channels } = picture;
  if (channels === 3) return { ...picture, data: Uint8Array.from(data) };
  const to = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) to[i * 3 + c] = data[channels === 1 ? i : i * channels + c];
  }
  return { data: to, width, height, channels: 3 };
}

/** RGB with `alpha` as fourth channel, or opaque. */
export function rgba(picture: Picture, alpha?: Plane): Picture {
  const { data, width, height, channels } = picture;
  const to = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) to[i * 4 + c] = data[channels === 1 ? i : i * channels + c];
    to[i * 4 + 3] = alpha ? alpha.data[i] : channels === 4 ? data[i * 4 + 3] : 255;
  }
  return { data: to, width, height, channels: 4 };
}

/** convert('L'), in 65536ths. */
export function luma(picture: Picture): Picture {
  const { data, width, height, channels } = picture;
  if (channels === 1) return picture;
  const to = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < to.length; i++, at += channels) {
    to[i] = (data[at] * 19595 + data[at + 1] * 38470 + data[at + 2] * 7471 + 0x8000) >> 16;
  }
  return { data: to, width, height, channels: 1 };
}

/** One channel as a picture. */
export function channelOf({ data, width, height, channels }: Picture, c: number): Picture {
  return {
    data: Uint8Array.from({ length: width * height }, (_, i) => data[i * channels + c]),
    width,
    height,
    channels: 1,
  };
}

/** The alpha of RGBA; 255 for other pictures. */
export const alphaOf = (picture: Picture): Picture =>
  picture.channels === 4 ? channelOf(picture, 3) : filledPicture(picture.width, picture.height, [255]);

/** Replaces each byte. */
export const mapped = <P extends Plane<Uint8Array>>(picture: P, make: (v: number, at: number) => number): P => ({
  ...picture,
  data: picture.data.map(make),
});

/** ImageChops.invert of a picture without alpha. */
export const inverted = <P extends Plane<Uint8Array>>(picture: P): P => mapped(picture, (v) => 255 - v);

/** Image.blend(first, second, alpha): in float32, truncated; clamped if alpha is outside 0..1. */
export function blended(first: Picture, second: Picture, alpha: number): Picture {
  if (alpha === 0) return first;
  if (alpha === 1) return second;
  const part = Math.fround(alpha);
  return mapped(first, (v, at) => {
    const made = Math.fround(v + Math.fround(part * (second.data[at] - v)));
    return Math.min(Math.max(made, 0), 255);
  });
}

/** Image.paste in place, cut to the canvas. Both have the same number of channels. */
export function paste(canvas: Picture, source: Picture, x = 0, y = 0, mask?: Plane<Uint8Array>): void {
  const { channels } = canvas;
  const [left, top] = [Math.max(x, 0), Math.max(y, 0)];
  const [right, bottom] = [Math.min(x + source.width, canvas.width), Math.min(y + source.height, canvas.height)];
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const from = (row - y) * source.width + column - x;
      const to = row * canvas.width + column;
      const part = mask ? mask.data[from] : 255;
      if (part === 0) continue;
      for (let c = 0; c < channels; c++) {
        const at = to * channels + c;
        const t = canvas.data[at] * (255 - part) + source.data[from * channels + c] * part + 128;
        canvas.data[at] = ((t >> 8) + t) >> 8;
      }
    }
  }
}

/** Image.crop: black and transparent beyond the edges. */
export function cropped(picture: Picture, [left, top, right, bottom]: Box): Picture {
  const canvas = filledPicture(right - left, bottom - top, new Array<number>(picture.channels).fill(0));
  paste(canvas, picture, -left, -top);
  return canvas;
}
