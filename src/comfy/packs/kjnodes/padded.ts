// KJNodes: a picture on a larger canvas, and its mask.
import { MaskBatch as Mask } from '../../../index.js';
import { image, int, MAX, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { floatsOfMask, maskOfFloats, placed } from '../lib/pictures.js';
import { kj } from './common.js';

const margin = int({ default: 0, min: 0, max: MAX }, { step: 8 });
/** What torch treats as 0. */
const NEAR = 1e-8;

export const nodes = {
  ImagePadForOutpaintMasked: node({
    module: kj.module,
    category: 'image',
    title: 'Image Pad For Outpaint Masked',
    about:
      'Like ImagePadForOutpaint, with a mask for each picture; or, for a mask that is not empty, 1 - the mask, and 1 in the added area.',
    quirk: 'With a mask, feathering changes nothing, as in the original.',
    inputs: {
      ...{ image, left: margin, top: margin, right: margin, bottom: margin },
      ...{ feathering: int({ default: 0, min: 0, max: MAX }), mask: optional(mask) },
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
    ],
    async run({ mask, ...given }, call) {
      const { compose } = await import('../core/compose.js');
      const [wide, added] = await compose.ImagePadForOutpaint.run(given, call);
      const own = mask && (await floatsOfMask(mask, call));
      if (!own?.data.some((x) => Math.abs(x) > NEAR)) {
        return [wide, Mask.cat(Array.from({ length: given.image.shape[0] }, () => added as Mask))];
      }
      const [, height, width] = own.shape;
      const size = { width: given.left + width + given.right, height: given.top + height + given.bottom };
      const rest = { ...own, data: own.data.map((x) => 1 - x) };
      return [wide, maskOfFloats(call.device, placed(rest, { ...size, x: given.left, y: given.top }, 1))];
    },
  }),
};
