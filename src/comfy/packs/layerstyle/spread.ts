// LayerStyle: extends the colours of the masked area beyond it.

import { refusal } from '../../../base/errors.js';
import { walked } from '../../../base/pause.js';
import { boolean, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { foregroundOf } from '../lib/foreground.js';
import { imageOf, mapped, type Picture, rgb } from '../lib/pillow.js';
import { grown, layerMask, layersOf, sameSize } from './common.js';

const f = Math.fround;
const floats = ({ data, width, height }: Picture) => ({ data: Float32Array.from(data, (v) => v / 255), width, height });

export const nodes = {
  'LayerMask: PixelSpread': node({
    ...layerMask,
    title: 'LayerMask: PixelSpread',
    about:
      "The colours of the foreground as pymatting's multi-level method estimates them, in bytes: what the mask (or the alpha) marks is carried on beyond it.",
    quirk:
      'With a mask of another size the picture comes as it is, as in the original. A picture of one pixel is refused; the original fails.',
    inputs: {
      image,
      invert_mask: boolean(false),
      mask_grow: int({ default: 0, min: -999, max: 999 }),
      mask: optional(mask),
    },
    outputs: [['IMAGE', 'image']],
    async run({ image, invert_mask, mask_grow, mask }, call) {
      const made: Picture[] = [];
      for (const layer of await layersOf(call.node, 'image', image, mask, call, invert_mask)) {
        const own = mask_grow === 0 ? layer.mask : await grown(layer.mask, mask_grow, 0, call);
        if (!sameSize(layer.picture, own)) return [image];
        if (own.width * own.height === 1) throw refusal(call.node, 'image', 'of more than one pixel', '1 x 1');
        const colors = rgb(layer.picture);
        const front = await walked(foregroundOf(floats(colors), floats(own)), call.signal);
        made.push(mapped(colors, (_, at) => f(255 * front[at])));
      }
      return [imageOf(call, made)];
    },
  }),
};
