// essentials: splits a picture into masks by its main colours.
import { refusal } from '../../../base/errors.js';
import { boolean, float, image, int } from '../../inputs.js';
import { node } from '../../node.js';
import { batchOf, type Plane } from '../lib/each.js';
import { filled } from '../lib/label.js';
import { binaryOpened } from '../lib/morphology.js';
import { picturesOf } from '../lib/pillow.js';
import { mappedTo, medianCut } from '../lib/quantize.js';
import { essentials } from './common.js';

export const nodes = {
  'MaskFromSegmentation+': node({
    ...essentials,
    title: '🔧 Mask From Segmentation',
    about:
      'Reduces the first picture to a number of colours (median cut) and black, and makes a mask of each, ordered by red: opened by a square, ' +
      'with holes filled, and dropped if its share of the picture is too small. A mask of zeros if none is left.',
    quirk: 'A picture of one or four channels is refused; the original fails or reads its bytes askew.',
    inputs: {
      image,
      segments: int({ default: 6, min: 1, max: 16 }),
      remove_isolated_pixels: int({ default: 0, min: 0, max: 32 }),
      remove_small_masks: float({ default: 0, min: 0, max: 1, step: 0.01 }),
      fill_holes: boolean(false),
    },
    async run({ image, segments, remove_isolated_pixels, remove_small_masks, fill_holes }, call) {
      if (image.shape[3] !== 3) {
        throw refusal(call.node, 'image', 'of 3 channels', `shape [${image.shape}]`, 'bad-shape');
      }
      const [picture] = await picturesOf(call.node, 'image', image.at(0), call);
      const { width, height } = picture;
      // Pillow 9.4 pads a palette to 256 entries with black, so black counts as one of its colours
      const palette = [...medianCut(picture, segments), [0, 0, 0] as const];
      const places = mappedTo(picture, palette);
      const keys = palette.map(([red, green, blue]) => (red << 16) | (green << 8) | blue);
      const own = Array.from(places, (place) => keys[place]);
      const made: Plane[] = [];
      for (const key of [...new Set(own)].sort((a, b) => a - b)) {
        let plane: Plane<Float32Array> = { data: Float32Array.from(own, (one) => Number(one === key)), width, height };
        if (remove_isolated_pixels) plane = binaryOpened(plane, remove_isolated_pixels);
        const { data } = plane;
        if (fill_holes)
          plane = {
            ...plane,
            data: Float32Array.from(
              filled(plane, (at) => data[at] !== 0),
              Math.sign,
            ),
          };
        const part = plane.data.reduce((sum, v) => sum + v, 0) / (width * height);
        if (Math.fround(part) > Math.fround(remove_small_masks)) made.push(plane);
      }
      return [batchOf(call, made.length ? made : [{ data: new Float32Array(width * height), width, height }])];
    },
  }),
};
