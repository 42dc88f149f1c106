// ComfyUI's common_upscale: torch's interpolate on floats, and Pillow's Lanczos on bytes.
import { ImageBatch as Image, type ImageBatch, type MaskBatch } from '../../../index.js';
import type { Around } from './each.js';
import { premultiplied, unmultiplied } from './multiplied.js';
import { halfEven } from './numbers.js';

export const METHODS = ['nearest-exact', 'bilinear', 'area', 'bicubic', 'lanczos'] as const;
export type Method = (typeof METHODS)[number] | 'nearest';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Cut around the middle to the proportions of the target. */
function centred<B extends ImageBatch | MaskBatch>(batch: B, to: Size): B {
  const [, height, width] = batch.shape;
  const [own, asked] = [width / height, to.width / to.height];
  const x = own > asked ? halfEven((width - width * (asked / own)) / 2) : 0;
  const y = own < asked ? halfEven((height - height * (own / asked)) / 2) : 0;
  return batch.crop({ x, y, width: width - 2 * x, height: height - 2 * y }) as B;
}

export async function upscaled<B extends ImageBatch | MaskBatch>(
  batch: B,
  { width, height }: Size,
  method: Method,
  call: Around,
  crop: 'disabled' | 'center' = 'disabled',
): Promise<B> {
  const size = { width, height };
  const part = crop === 'center' ? centred(batch, size) : batch;
  if (method !== 'lanczos') return part.as('float32').interpolate({ ...size, mode: method }) as B;
  const bytes = part.as('uint8');
  if (bytes instanceof Image && bytes.shape[3] === 4) return (await lanczosRgba(bytes, size, call)) as B;
  return bytes.resize({ ...size, filter: 'lanczos' }).as('float32') as B;
}

/** Pillow resizes RGBA with premultiplied colours. */
async function lanczosRgba(image: ImageBatch, size: Size, { device, signal }: Around): Promise<ImageBatch> {
  if (size.width === image.shape[2] && size.height === image.shape[1]) return image.as('float32');
  const bytes = premultiplied(await image.bytes({ signal }));
  const resized = device.image(bytes, image.shape).resize({ ...size, filter: 'lanczos' });
  const made = unmultiplied(await resized.bytes({ signal }));
  return device.image(made, resized.shape).as('float32');
}
