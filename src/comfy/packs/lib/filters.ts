// Pillow's resize and blurs for single pictures, by chromask's operations.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch, MaskBatch } from '../../../index.js';
import type { Around } from './each.js';
import { premultiplied, unmultiplied } from './multiplied.js';
import type { Picture } from './pillow.js';

export type Filter = 'nearest' | 'box' | 'bilinear' | 'hamming' | 'bicubic' | 'lanczos';

async function through(
  picture: Picture,
  call: Around,
  make: <B extends ImageBatch | MaskBatch>(batch: B) => ImageBatch | MaskBatch,
): Promise<Picture> {
  const { data, width, height, channels } = picture;
  const made =
    channels === 1
      ? make(call.device.mask(data, [1, height, width]))
      : make(call.device.image(data, [1, height, width, channels]));
  const bytes = (await made.bytes({ signal: call.signal } as never)) as Uint8Array;
  return { data: bytes, width: made.shape[2], height: made.shape[1], channels };
}

/** Image.resize. */
export async function resized(
  node: string,
  picture: Picture,
  width: number,
  height: number,
  call: Around,
  filter: Filter = 'bicubic',
): Promise<Picture> {
  if (width < 1 || height < 1) {
    throw refusal(node, 'size', 'so that each side keeps a pixel', `${width} x ${height}`);
  }
  if (width === picture.width && height === picture.height) return picture;
  return through(picture, call, (batch) => batch.resize({ width, height, filter }));
}

/** Image.resize of RGBA, with premultiplied colours. */
export async function resizedRgba(
  node: string,
  picture: Picture,
  width: number,
  height: number,
  call: Around,
  filter: Filter = 'bicubic',
): Promise<Picture> {
  const isSame = width === picture.width && height === picture.height;
  if (picture.channels !== 4 || isSame || filter === 'nearest') {
    return resized(node, picture, width, height, call, filter);
  }
  const made = await resized(node, { ...picture, data: premultiplied(picture.data) }, width, height, call, filter);
  return { ...made, data: unmultiplied(made.data) };
}

/** ImageFilter.GaussianBlur. */
export const blurred = async (picture: Picture, radius: number, call: Around): Promise<Picture> =>
  radius === 0 ? picture : through(picture, call, (batch) => batch.blur({ radius }));

/** ImageFilter.BoxBlur. */
export const boxBlurred = async (picture: Picture, radius: number, call: Around): Promise<Picture> =>
  radius === 0 ? picture : through(picture, call, (batch) => batch.boxBlur({ radius }));
