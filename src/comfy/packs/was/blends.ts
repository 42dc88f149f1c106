// WAS: mixes pictures, also by a mask, rotates hues, and puts crops back.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch } from '../../../index.js';
import { float, image, int } from '../../inputs.js';
import { node } from '../../node.js';
import { checkOne, type Named } from '../lib/each.js';
import { resized, resizedRgba } from '../lib/filters.js';
import {
  filledPicture,
  imageOf,
  inverted,
  luma,
  mapped,
  type Picture,
  paste,
  picturesOf,
  rgb,
  rgba,
} from '../lib/pillow.js';
import { modulo } from '../lib/values.js';
import { ramps, sharpened } from './edges.js';
import { composite, mixed } from './mixed.js';

const module = 'custom_nodes.was-node-suite-comfyui';
const plain = { module, category: 'WAS Suite/Image' } as const;
const share = (fallback: number) => float({ default: fallback, min: 0, max: 1, step: 0.01 });
const output = [['IMAGE', 'IMAGE']] as const;
const single = 'A batch is refused; the original fails.';

async function pictureOf(input: string, image: ImageBatch, call: Named): Promise<Picture> {
  checkOne(call.node, input, image);
  const [one] = await picturesOf(call.node, input, image, call);
  return one;
}

/** Two pictures. The first gets or loses its alpha to match the second. */
async function pairOf(a: ImageBatch, b: ImageBatch, call: Named): Promise<[Picture, Picture]> {
  const [one, other] = [await pictureOf('image_a', a, call), await pictureOf('image_b', b, call)];
  const isGray = one.channels === 1 || other.channels === 1;
  if (isGray && one.channels !== other.channels) {
    throw refusal(
      call.node,
      'image_b',
      `of as many channels as image_a, shape [${a.shape}]`,
      `shape [${b.shape}]`,
      'bad-shape',
    );
  }
  return [isGray ? one : other.channels === 4 ? rgba(one) : rgb(one), other];
}

/** colorsys: rotates the hue of a colour in HLS; bytes by truncation. */
function turnedHue([r, g, b]: readonly number[], by: number): number[] {
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  const [sum, range] = [most + least, most - least];
  const l = sum / 2;
  if (range === 0) return [l, l, l];
  const s = range / (l <= 0.5 ? sum : 2 - sum);
  const [rc, gc, bc] = [r, g, b].map((v) => (most - v) / range);
  const turn = r === most ? bc - gc : g === most ? 2 + rc - bc : 4 + gc - rc;
  const hue = modulo(modulo(turn / 6, 1) + by, 1);
  const high = l <= 0.5 ? l * (1 + s) : l + s - l * s;
  const low = 2 * l - high;
  return [hue + 1 / 3, hue, hue - 1 / 3].map((one) => {
    const at = modulo(one, 1);
    if (at < 1 / 6) return low + (high - low) * at * 6;
    if (at < 0.5) return high;
    return at < 2 / 3 ? low + (high - low) * (2 / 3 - at) * 6 : low;
  });
}

export const nodes = {
  'Image Blend': node({
    ...plain,
    title: 'Image Blend',
    about: 'Mixes the second picture into the first at a percentage, through bytes. As large as the second.',
    quirk: single,
    inputs: { image_a: image, image_b: image, blend_percentage: share(0.5) },
    outputs: [['IMAGE', 'image']],
    async run({ image_a, image_b, blend_percentage }, call) {
      const [a, b] = await pairOf(image_a, image_b, call);
      return [imageOf(call, [mixed(a, b, blend_percentage)])];
    },
  }),

  'Image Blend by Mask': node({
    ...plain,
    title: 'Image Blend by Mask',
    about:
      'So much of the second picture on the first, where the mask, a picture, is light; through bytes. The mask is made as large as the first, bicubic; what comes out is as large as the second.',
    quirk: single,
    inputs: { image_a: image, image_b: image, mask: image, blend_percentage: share(0.5) },
    outputs: output,
    async run({ image_a, image_b, mask, blend_percentage }, call) {
      const [a, b] = await pairOf(image_a, image_b, call);
      const own = inverted(luma(await pictureOf('mask', mask, call)));
      const through = await resized(call.node, own, a.width, a.height, call);
      return [imageOf(call, [mixed(a, composite(a, b, through), blend_percentage)])];
    },
  }),

  'Image Rotate Hue': node({
    module,
    category: 'WAS Suite/Image/Adjustment',
    title: 'Image Rotate Hue',
    about: 'The hue turned by this part of a turn, its lightness and saturation as they are; bytes by truncation.',
    quirk: `${single} So is a picture with alpha.`,
    inputs: { image, hue_shift: float({ default: 0, min: 0, max: 1, step: 0.001 }) },
    outputs: output,
    async run({ image, hue_shift }, call) {
      const one = await pictureOf('image', image, call);
      if (one.channels !== 3) {
        throw refusal(call.node, 'image', 'of three channels', `shape [${image.shape}]`, 'bad-shape');
      }
      const made = mapped(one, () => 0);
      for (let i = 0; i < one.data.length; i += 3) {
        const color = [0, 1, 2].map((c) => one.data[i + c] / 255);
        made.data.set(
          turnedHue(color, hue_shift).map((v) => Math.trunc(v * 255)),
          i,
        );
      }
      return [imageOf(call, [made])];
    },
  }),

  'Image Paste Crop': node({
    module,
    category: 'WAS Suite/Image/Process',
    title: 'Image Paste Crop',
    about:
      'What was cut out made as large as it was, by bicubic, sharper so many times, and put in its place: of this share of its sides it falls off towards each ' +
      'side that is not at the edge of the picture. And how much of it there is. Without alpha.',
    quirk: `${single} So is what is no longer than its place.`,
    inputs: {
      ...{ image, crop_image: image, crop_data: { type: 'CROP_DATA' }, crop_blending: share(0.25) },
      crop_sharpening: int({ default: 0, min: 0, max: 3 }),
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['IMAGE', 'MASK'],
    ],
    async run({ image, crop_image, crop_data, crop_blending, crop_sharpening }, call) {
      const whole = rgb(await pictureOf('image', image, call));
      const part = rgb(await pictureOf('crop_image', crop_image, call));
      const {
        size: [width, height],
        box: [left, top],
      } = crop_data;
      let own = await resizedRgba(call.node, part, width, height, call);
      for (let i = 0; i < crop_sharpening; i++) own = sharpened(own);
      const soft = ramps(whole, crop_data, crop_blending);
      const through = filledPicture(whole.width, whole.height, [0]);
      paste(through, inverted(soft), left, top);
      const laid = filledPicture(whole.width, whole.height, [0, 0, 0]);
      paste(laid, own, left, top);
      paste(whole, laid, 0, 0, through);
      return [imageOf(call, [whole]), imageOf(call, [rgb(through)])];
    },
  }),
};
