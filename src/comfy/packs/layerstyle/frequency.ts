// LayerStyle: transfers details between pictures, motion blur, and moves pictures on their own canvas.
import { combo, float, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { blurred, resized } from '../lib/filters.js';
import { motionBlurred } from '../lib/motion.js';
import {
  alphaOf,
  filledPicture,
  imageOf,
  inverted,
  type Picture,
  paste,
  picturesOf,
  rgb,
  rgba,
} from '../lib/pillow.js';
import { checkSize, layerFilter, layersOf, layerUtility, nth } from './common.js';
import { mix } from './mix.js';
import { mirrored, TURNING, turnedBy } from './turning.js';

const shift = int({ default: 0, min: -99999, max: 99999 });
const times = float({ default: 1, min: 0.01, max: 100, step: 0.01 });
const reach = (fallback: number) => int({ default: fallback, min: 0, max: 1023 });
const outputs = [['IMAGE', 'image']] as const;

export const nodes = {
  'LayerUtility: HLFrequencyDetailRestore': node({
    ...layerUtility,
    title: 'LayerUtility: H/L Frequency Detail Restore',
    about:
      'Blends the fine detail of detail_image by linear light with the coarse structure of the picture, within the mask (or the alpha of ' +
      'detail_image), whose edge is blurred.',
    inputs: {
      ...{ image, detail_image: image },
      ...{ keep_high_freq: reach(64), erase_low_freq: reach(32), mask_blur: reach(16) },
      mask: optional(mask),
    },
    outputs,
    async run({ image, detail_image, keep_high_freq, erase_low_freq, mask_blur, mask }, call) {
      const grounds = await picturesOf(call.node, 'image', image, call);
      const layers = await layersOf(call.node, 'detail_image', detail_image, mask, call);
      const made: Picture[] = [];
      for (let i = 0; i < Math.max(grounds.length, layers.length); i++) {
        call.signal?.throwIfAborted();
        const ground = rgb(nth(grounds, i));
        const layer = nth(layers, i);
        const detail = rgb(layer.picture);
        const coarse = await blurred(detail, keep_high_freq, call);
        const fine = inverted(mix(call.node, inverted(detail), coarse, 'normal', 50));
        const canvas = mix(call.node, await blurred(ground, erase_low_freq, call), fine, 'linear light', 100);
        const rest = await blurred(inverted(layer.mask), mask_blur, call);
        checkSize(call.node, 'mask', ground, rest);
        paste(canvas, ground, 0, 0, rest);
        made.push(canvas);
      }
      return [imageOf(call, made)];
    },
  }),

  'LayerFilter: MotionBlur': node({
    ...layerFilter,
    title: 'LayerFilter: MotionBlur',
    about:
      'Blurred in a direction over five times blur pixels, then from the darkest to the lightest over the whole range. Without alpha.',
    quirk:
      'A sum midway between two bytes is rounded to the even one; in the original that is up to the errors of its Fourier transform.',
    inputs: {
      image,
      angle: int({ default: 0, min: -90, max: 90 }),
      blur: int({ default: 20, min: 1, max: 999 }),
    },
    outputs,
    async run({ image, angle, blur }, call) {
      const pictures = await picturesOf(call.node, 'image', image, call);
      return [
        imageOf(
          call,
          pictures.map((one) => motionBlurred(rgb(one), angle, blur)),
        ),
      ];
    },
  }),

  'LayerUtility: LayerImageTransform': node({
    ...layerUtility,
    title: 'LayerUtility: LayerImageTransform',
    about:
      'The picture mirrored, scaled (bicubic), turned counter-clockwise about its middle and moved, on black of its size; its alpha with it. ' +
      'From 2 on, anti_aliasing turns it so many times as large.',
    inputs: {
      image,
      ...{ x: shift, y: shift, mirror: combo(['None', 'horizontal', 'vertical']), scale: times, aspect_ratio: times },
      rotate: float({ default: 0, min: -999999, max: 999999, step: 0.01 }),
      transform_method: combo(TURNING),
      anti_aliasing: int({ default: 2, min: 0, max: 16 }),
    },
    outputs,
    async run({ image, x, y, mirror, scale, aspect_ratio, rotate, transform_method, anti_aliasing }, call) {
      const made: Picture[] = [];
      for (const one of await picturesOf(call.node, 'image', image, call)) {
        call.signal?.throwIfAborted();
        const { width, height } = one;
        const [wide, high] = [Math.trunc(width * scale), Math.trunc(height * scale * aspect_ratio)];
        const laid = async (layer: Picture): Promise<Picture> => {
          const sized = await resized(call.node, mirrored(layer, mirror), wide, high, call);
          const moved = await turnedBy(sized, rotate, transform_method, anti_aliasing, call);
          const canvas = filledPicture(width, height, new Array<number>(layer.channels).fill(0));
          paste(canvas, moved, Math.floor((width - moved.width) / 2) + x, Math.floor((height - moved.height) / 2) + y);
          return canvas;
        };
        const colors = await laid(rgb(one));
        made.push(one.channels === 4 ? rgba(colors, await laid(alphaOf(one))) : colors);
      }
      return [imageOf(call, made)];
    },
  }),
};
