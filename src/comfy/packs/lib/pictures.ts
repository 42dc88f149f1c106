// Pictures as floats, for what no operation computes: read whole, written to, and made a batch again.

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

export const imageOfFloats = (device: Device, { data, shape }: Floats): ImageBatch => device.image(data, shape);

export const empty = (shape: Floats['shape'], value = 0): Floats & { data: Float32Array<ArrayBuffer> } => ({
  data: new Float32Array(shape.reduce((a, b) => a * b)).fill(value),
  shape,
});

/** Of another place: what is at each pixel of a picture of this size comes from where `from` says. */
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

/** As many as this: the first ones, or from the first again. */
export function repeated(image: ImageBatch, count: number): ImageBatch {
  const [batch] = image.shape;
  if (batch >= count) return image.slice(0, count);
  return Image.cat(Array.from({ length: Math.ceil(count / batch) }, () => image)).slice(0, count);
}

/** With this many channels: further ones are 1, those that are too many left out. */
export function withChannels({ data, shape }: Floats, channels: number): Floats {
  const [batch, height, width, own] = shape;
  if (own === channels) return { data, shape };
  const made = empty([batch, height, width, channels], 1);
  for (let i = 0; i < batch * height * width; i++) {
    made.data.set(data.subarray(i * own, i * own + Math.min(own, channels)), i * channels);
  }
  return made;
}

/** As many as this: the first ones, or the last again. */
export function repeatedLast(image: ImageBatch, count: number): ImageBatch {
  const [batch] = image.shape;
  if (batch >= count) return image.slice(0, count);
  return Image.cat([image, ...Array.from({ length: count - batch }, () => image.at(-1))]);
}

/** Whether a picture is as large as a mask. */
export const fitting = (image: ImageBatch, mask: MaskBatch): boolean =>
  image.shape[1] === mask.shape[1] && image.shape[2] === mask.shape[2];
