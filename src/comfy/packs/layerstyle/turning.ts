// LayerStyle's rotation of pictures and masks: counter-clockwise around the centre, on black, expanded to fit.
import type { Named } from '../lib/each.js';
import { type Filter, resized } from '../lib/filters.js';
import { channelOf, filledPicture, mapped, type Picture } from '../lib/pillow.js';
import { rotated, type Sampler } from '../lib/rotate.js';

/** The filters for rotation. */
export const TURNING = ['lanczos', 'bicubic', 'hamming', 'bilinear', 'box', 'nearest'] as const;
const SAMPLERS: Record<Filter, Sampler> = {
  ...{ lanczos: 'bicubic', bicubic: 'bicubic', hamming: 'bilinear' },
  ...{ bilinear: 'bilinear', box: 'nearest', nearest: 'nearest' },
} as const;

/** With `times` from 2 on, it rotates a picture scaled up by that factor. */
export async function turnedBy(
  picture: Picture,
  degrees: number,
  method: Filter,
  times: number,
  call: Named,
): Promise<Picture> {
  if (degrees === 0 || degrees === 360) return picture;
  const n = Math.max(times, 1);
  const large = await resized(call.node, picture, picture.width * n, picture.height * n, call, method);
  const turned = eachChannel(large, (one) => rotated(call.node, one, degrees, SAMPLERS[method]));
  return resized(call.node, turned, Math.floor(turned.width / n), Math.floor(turned.height / n), call, method);
}

/** Applies `make` to every channel separately. */
export function eachChannel(picture: Picture, make: (channel: Picture) => Picture): Picture {
  const { channels } = picture;
  if (channels === 1) return make(picture);
  return merged(Array.from({ length: channels }, (_, c) => make(channelOf(picture, c))));
}

/** Joins pictures of mode L as channels of one picture. */
export function merged(all: readonly Picture[]): Picture {
  const [{ width, height }] = all;
  const to = filledPicture(width, height, new Array<number>(all.length).fill(0));
  for (const [c, { data }] of all.entries())
    for (let i = 0; i < data.length; i++) to.data[i * all.length + c] = data[i];
  return to;
}

/** Mirrors left to right, or upside down. */
export function mirrored(picture: Picture, mirror: string): Picture {
  if (mirror === 'None') return picture;
  const { width, height } = picture;
  return eachChannel(picture, (one) =>
    mapped(one, (_, at) => {
      const [x, y] = [at % width, Math.floor(at / width)];
      return one.data[mirror === 'horizontal' ? y * width + width - 1 - x : (height - 1 - y) * width + x];
    }),
  );
}
