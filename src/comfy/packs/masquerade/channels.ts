// How masquerade converts pictures between numbers of channels. Its masks are pictures of one channel.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch } from '../../../index.js';
import type { Call } from '../../node.js';
import { empty, type Floats, floatsOfImage, imageOfFloats } from '../lib/pictures.js';

const f = Math.fround;

export const masquerade = { category: 'Masquerade Nodes', module: 'custom_nodes.masquerade-nodes-comfyui' } as const;
export const BIG = 1024 * 1024;
export const asImage = [['IMAGE', 'IMAGE']] as const;

/** Applies a function to each pixel. */
export function each(
  { data, shape }: Floats,
  channels: number,
  make: (from: Float32Array, at: number, to: Float32Array, place: number) => void,
): Floats {
  const [batch, height, width, own] = shape;
  const made = empty([batch, height, width, channels]);
  for (let i = 0; i < batch * height * width; i++) make(data, i * own, made.data, i * channels);
  return made;
}

/** One channel: its only one, an alpha that is not 1 everywhere, or torchvision's gray. */
export function asMask(picture: Floats): Floats {
  const channels = picture.shape[3];
  if (channels === 1) return picture;
  const alpha = channels === 4 && picture.data.some((value, i) => i % 4 === 3 && value !== 1);
  return each(picture, 1, (from, at, to, place) => {
    const gray = f(f(f(f(0.2989) * from[at]) + f(f(0.587) * from[at + 1])) + f(f(0.114) * from[at + 2]));
    to[place] = alpha ? from[at + 3] : gray;
  });
}

export function asRgb(picture: Floats): Floats {
  const channels = picture.shape[3];
  if (channels === 3) return picture;
  return each(picture, 3, (from, at, to, place) => {
    for (let c = 0; c < 3; c++) to[place + c] = from[channels === 1 ? at : at + c];
  });
}

export function asRgba(picture: Floats): Floats {
  const channels = picture.shape[3];
  if (channels === 4) return picture;
  return each(picture, 4, (from, at, to, place) => {
    for (let c = 0; c < 4; c++) to[place + c] = channels === 1 ? from[at] : c < 3 ? from[at + c] : 1;
  });
}

export const withChannels = (picture: Floats, channels: number): Floats =>
  channels === 1 ? asMask(picture) : channels === 3 ? asRgb(picture) : asRgba(picture);

/** A batch of this length, repeated if it is shorter. */
export function withBatch(node: string, input: string, { data, shape }: Floats, batch: number): Floats {
  if (shape[0] === batch) return { data, shape };
  if (batch % shape[0]) throw refusal(node, input, `a batch whose number divides ${batch}`, shape[0], 'bad-shape');
  const made = empty([batch, shape[1], shape[2], shape[3]]);
  for (let at = 0; at < made.data.length; at += data.length) made.data.set(data, at);
  return made;
}

/** Two pictures extended to the larger number of channels and of pictures. */
export function common(node: string, input: string, one: Floats, two: Floats): [Floats, Floats] {
  if (one.shape[1] !== two.shape[1] || one.shape[2] !== two.shape[2]) {
    throw refusal(node, input, `${one.shape[2]} x ${one.shape[1]}`, `shape [${two.shape}]`, 'bad-shape');
  }
  const batch = Math.max(one.shape[0], two.shape[0]);
  const channels = Math.max(one.shape[3], two.shape[3]);
  const like = (picture: Floats): Floats => withBatch(node, input, withChannels(picture, channels), batch);
  return [like(one), like(two)];
}

/** Combines the numbers at the same place of several pictures. */
export function joined(of: readonly Floats[], make: (...values: number[]) => number): Floats {
  const [{ data, shape }] = of;
  const others = of.map((one) => one.data);
  return { data: Float32Array.from(data, (_, i) => make(...others.map((one) => one[i]))), shape };
}

/** Applies a function to a picture's floats. */
export const through = async (
  image: ImageBatch,
  call: Pick<Call, 'device' | 'signal'>,
  make: (picture: Floats) => Floats,
): Promise<ImageBatch[]> => [imageOfFloats(call.device, make(await floatsOfImage(image, call)))];

/** Where Python's slice `from:to` begins and ends in a given length. */
export function slice(from: number, to: number, length: number): [number, number] {
  const place = (at: number): number => Math.min(Math.max(at < 0 ? at + length : at, 0), length);
  return [place(Math.trunc(from)), place(Math.trunc(to))];
}

export interface Bounds {
  readonly left: number;
  readonly top: number;
  /** The last column and row, included. */
  readonly right: number;
  readonly bottom: number;
}

/** torchvision's masks_to_boxes for one mask of a batch; undefined if no value is above 0. */
export function boundsOf({ data, shape: [, height, width] }: Floats, b: number): Bounds | undefined {
  const own = data.subarray(b * height * width, (b + 1) * height * width);
  if (!own.some((value) => value > 0)) return undefined;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (const [i, value] of own.entries()) {
    if (value === 0) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  }
  return { left, top, right, bottom };
}
