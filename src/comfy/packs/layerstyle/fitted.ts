// LayerStyle's fit_resize_image: fits pictures and masks to other proportions with borders, by cropping, or by
// stretching.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch, MaskBatch } from '../../../index.js';
import { combo } from '../../inputs.js';
import type { Named } from '../lib/each.js';
import { type Filter, resized } from '../lib/filters.js';
import { cropped, filledPicture, imageOf, luma, type Picture, paste, picturesOf, rgb } from '../lib/pillow.js';
import { graysOf, masksOf } from './common.js';

export const fit = combo(['letterbox', 'crop', 'fill']);
export const method = combo(['lanczos', 'bicubic', 'hamming', 'bilinear', 'box', 'nearest']);
export type Fit = (typeof fit.options)[number];
export type Ink = readonly [number, number, number];
export const BLACK: Ink = [0, 0, 0];
export const round_to_multiple = combo(['8', '16', '32', '64', '128', '256', '512', 'None']);
export const ratios = ['original', 'custom', '1:1', '3:2', '4:3', '16:9', '2:3', '3:4', '9:16'] as const;

/** The next multiple, or the number itself if it is one. */
export const roundedUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/** The ratio of width to height by a name in `ratios`. */
export function ratioOf(name: string, own: readonly [number, number], custom: readonly [number, number]): number {
  const [width, height] = name === 'original' ? own : name === 'custom' ? custom : name.split(':').map(Number);
  return width / height;
}

export interface Size {
  readonly width: number;
  readonly height: number;
  readonly fit: Fit;
  readonly method: Filter;
}

export async function fittedImage(image: ImageBatch, size: Size, color: Ink, call: Named): Promise<ImageBatch> {
  const made: Picture[] = [];
  for (const one of await picturesOf(call.node, 'image', image, call))
    made.push(await fitted(rgb(one), size, color, call));
  return imageOf(call, made);
}

export async function fittedMask(mask: MaskBatch, size: Size, color: Ink, call: Named): Promise<MaskBatch> {
  const made: Picture[] = [];
  const ink = luma({ data: Uint8Array.from(color), width: 1, height: 1, channels: 3 }).data;
  for (const one of await graysOf(mask, call)) made.push(await fitted(one, size, [...ink], call));
  return masksOf(call, made);
}

/** fit_resize_image. */
async function fitted(
  picture: Picture,
  { width, height, fit, method }: Size,
  color: readonly number[],
  call: Named,
): Promise<Picture> {
  const wider = picture.width / picture.height > width / height;
  if (fit === 'letterbox') {
    const [w, h] = wider
      ? [width, Math.trunc((width / picture.width) * picture.height)]
      : [Math.trunc((height / picture.height) * picture.width), height];
    const canvas = filledPicture(width, height, color);
    const inner = await resized(call.node, picture, w, h, call, method);
    paste(canvas, inner, Math.floor((width - w) / 2), Math.floor((height - h) / 2));
    return canvas;
  }
  if (fit === 'fill') return resized(call.node, picture, width, height, call, method);
  const [w, h] = wider
    ? [Math.trunc((picture.height * width) / height), picture.height]
    : [picture.width, Math.trunc((picture.width * height) / width)];
  const [x, y] = [Math.floor((picture.width - w) / 2), Math.floor((picture.height - h) / 2)];
  if (w < 1 || h < 1) throw refusal(call.node, 'size', 'so that a pixel is left when it is cut', `${w} x ${h}`);
  return resized(call.node, cropped(picture, [x, y, x + w, y + h]), width, height, call, method);
}
