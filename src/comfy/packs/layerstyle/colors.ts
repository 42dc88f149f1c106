// LayerStyle: shifts channels of pictures, and changes brightness, contrast and saturation.
import type { ImageBatch } from '../../../index.js';
import { float, image, int } from '../../inputs.js';
import { node } from '../../node.js';
import type { Named } from '../lib/each.js';
import { brightened, contrasted, saturated } from '../lib/enhance.js';
import { fromHsv, toHsv } from '../lib/hsv.js';
import { alphaOf, imageOf, mapped, type Picture, picturesOf, rgb, rgba } from '../lib/pillow.js';
import { layerColor } from './common.js';

const shift = int({ default: 0, min: -255, max: 255 });
const factor = float({ default: 1, min: 0, max: 3, step: 0.01 });
const outputs = [['IMAGE', 'image']] as const;

/** Changes the three colour channels of each picture. Alpha stays. */
export async function recolored(
  image: ImageBatch,
  call: Named,
  make: (picture: Picture, at: number) => Picture | Promise<Picture>,
): Promise<[ImageBatch]> {
  const made: Picture[] = [];
  for (const [i, one] of (await picturesOf(call.node, 'image', image, call)).entries()) {
    call.signal?.throwIfAborted();
    const colors = await make(rgb(one), i);
    made.push(one.channels === 4 ? rgba(colors, alphaOf(one)) : colors);
  }
  return [imageOf(call, made)];
}

/** Adds a number to each channel, clamped to bytes. */
const moved = (picture: Picture, by: readonly number[]): Picture =>
  mapped(picture, (v, i) => Math.min(Math.max(v + by[i % 3], 0), 255));

const enhanced = (title: string) =>
  node({
    ...layerColor,
    title,
    about: 'Brightness, then contrast, then saturation times so much, as Pillow enhances them; alpha stays.',
    inputs: { image, brightness: factor, contrast: factor, saturation: factor },
    outputs,
    run: ({ image, brightness, contrast, saturation }, call) =>
      recolored(image, call, (one) => saturated(contrasted(brightened(one, brightness), contrast), saturation)),
  });

export const nodes = {
  'LayerColor: RGB': node({
    ...layerColor,
    title: 'LayerColor: RGB',
    about: 'Adds amounts to red, green and blue, in bytes. Alpha stays.',
    inputs: { image, R: shift, G: shift, B: shift },
    outputs,
    run: ({ image, R, G, B }, call) => recolored(image, call, (one) => moved(one, [R, G, B])),
  }),

  'LayerColor: HSV': node({
    ...layerColor,
    title: 'LayerColor: HSV',
    about: 'Adds amounts to hue, which wraps around, saturation and value, in bytes. Alpha stays.',
    inputs: { image, H: shift, S: shift, V: shift },
    outputs,
    run: ({ image, H, S, V }, call) =>
      recolored(image, call, (one) => {
        const turned = mapped(toHsv(one), (v, i) => (i % 3 === 0 ? (v + H + 512) % 256 : v));
        return fromHsv(moved(turned, [0, S, V]));
      }),
  }),

  'LayerColor: Brightness & Contrast': enhanced('LayerColor: Brightness & Contrast'),

  'LayerColor: BrightnessContrastV2': enhanced('LayerColor: Brightness Contrast V2'),
};
