// Pictures as float arrays that nodes read, write and turn into batches again, where no operation exists.

import { type Device, ImageBatch as Image, type ImageBatch, type MaskBatch } from '../../../index.js';
import type { Around } from './each.js';

export { checkSide } from './numbers.js';

/** [batch, height, width, channels] as floats. */
export interface Floats {
  readonly data: Float32Array;
  readonly shape: readonly [batch: number, height: number, width: number, channels: number];
}

export async function floatsOfImage(image: ImageBatch, { signal }: Around): Promise<Floats> {
  return { data: await image.data({ signal }), shape: image.shape };
}

/** Masks as pictures of one channel. */
export async function floatsOfMask(mask: MaskBatch, { signal }: Around): Promise<Floats> {
  const [batch, height, width] = mask.shape;
  return { data: await mask.data({ signal }), shape: [batch, height, width, 1] };
}

export const maskOfFloats = (device: Device, { data, shape: [batch, height, width] }: Floats): MaskBatch =>
  device.mask(data, [batch, height, width]);

export const imageOfFloats = (device: Device, { data, shape }: Floats): ImageBatch => device.image(data, shape);

export const empty = (shape: Floats['shape'], value = 0): Floats & { data: Float32Array<ArrayBuffer> } => ({
  data: new Float32Array(shape.reduce((a, b) => a * b)).fill(value),
  shape,
});

/** A picture of the given size whose pixels come from the places that `from` returns. */
export function moved(
  { data, shape: [batch, height, width, channels] }: Floats,
  to: { readonly width: number; readonly height: number },
  from: (x: number, y: number) => readonly [x: number, y: number],
): Floats {
  const made = empty([batch, to.height, to.width, channels]);
  for (let y = 0; y < to.height; y++) {
    for (let x = 0; x < to.width; x++) {
      const [fromX, fromY] = from(x, y);
      for (let b = 0; b < batch; b++) {
        const at = ((b * height + fromY) * width + fromX) * channels;
        made.data.set(data.subarray(at, at + channels), ((b * to.height + y) * to.width + x) * channels);
      }
    }
  }
  return made;
}

/** A canvas of this size and value, with the picture at x, y. The picture must fit. */
export function placed(
  { data, shape: [batch, rows, columns, channels] }: Floats,
  { width, height, x, y }: { readonly width: number; readonly height: number; readonly x: number; readonly y: number },
  value = 0,
): Floats {
  const made = empty([batch, height, width, channels], value);
  const line = columns * channels;
  for (let i = 0; i < batch * rows; i++) {
    const to = ((Math.floor(i / rows) * height + y + (i % rows)) * width + x) * channels;
    made.data.set(data.subarray(i * line, (i + 1) * line), to);
  }
  return made;
}

/** Concatenates along a side. The other sides must be equal. */
export function joined(parts: readonly Floats[], along: 1 | 2): Floats {
  const [batch, rows, columns, channels] = parts[0].shape;
  const whole = parts.reduce((sum, { shape }) => sum + shape[along], 0);
  const made = empty(along === 1 ? [batch, whole, columns, channels] : [batch, rows, whole, channels]);
  const lines = along === 1 ? batch : batch * rows;
  let to = 0;
  for (let line = 0; line < lines; line++) {
    for (const { data } of parts) {
      const length = data.length / lines;
      made.data.set(data.subarray(line * length, (line + 1) * length), to);
      to += length;
    }
  }
  return made;
}

/** Exactly `count` pictures: the first ones, or all repeated from the start. */
export function repeated(image: ImageBatch, count: number): ImageBatch {
  const [batch] = image.shape;
  if (batch >= count) return image.slice(0, count);
  return Image.cat(Array.from({ length: Math.ceil(count / batch) }, () => image)).slice(0, count);
}

/** Exactly so many channels: missing ones are 1, extra ones are dropped. */
export function withChannels({ data, shape }: Floats, channels: number): Floats {
  const [batch, height, width, own] = shape;
  if (own === channels) return { data, shape };
  const made = empty([batch, height, width, channels], 1);
  for (let i = 0; i < batch * height * width; i++) {
    made.data.set(data.subarray(i * own, i * own + Math.min(own, channels)), i * channels);
  }
  return made;
}

/** Exactly `count` pictures: the first ones, or the last one repeated. */
export function repeatedLast(image: ImageBatch, count: number): ImageBatch {
  const [batch] = image.shape;
  if (batch >= count) return image.slice(0, count);
  return Image.cat([image, ...Array.from({ length: count - batch }, () => image.at(-1))]);
}

/** Whether a picture has the size of a mask. */
export const fitting = (image: ImageBatch, mask: MaskBatch): boolean =>
  image.shape[1] === mask.shape[1] && image.shape[2] === mask.shape[2];
