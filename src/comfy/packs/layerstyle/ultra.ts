// LayerStyle: refines the edges of a mask by its picture.
import { refusal } from '../../../base/errors.js';
import { combo, float, image, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { floatsOf, type Plane } from '../lib/each.js';
import { guided } from '../lib/guided.js';
import { maskFix } from '../lib/maskFix.js';
import { type Picture, picturesOf, rgb, rgba } from '../lib/pillow.js';
import { bytesIn, expanded, layerMask, pairsOf } from './common.js';

export const nodes = {
  'LayerMask: MaskEdgeUltraDetail': node({
    ...layerMask,
    title: 'LayerMask: MaskEdgeUltraDetail',
    about:
      'The mask grown and fixed, then led by the edges of the picture within detail_range, and black_point to white_point over the whole ' +
      'range; the picture with it as alpha.',
    quirk:
      'Of another size or number than the pictures, picture and mask come as they are. PyMatting is refused; OpenCV-GuidedFilter is computed in ' +
      'doubles, within one byte of the original.',
    inputs: {
      image,
      mask,
      method: combo(['PyMatting', 'OpenCV-GuidedFilter']),
      mask_grow: int({ default: 0, min: -999, max: 999 }),
      fix_gap: int({ default: 0, min: 0, max: 32 }),
      fix_threshold: float({ default: 0.75, min: 0.01, max: 0.99, step: 0.01 }),
      detail_range: int({ default: 12, min: 1, max: 256 }),
      black_point: float({ default: 0.01, min: 0.01, max: 0.98, step: 0.01 }),
      white_point: float({ default: 0.99, min: 0.02, max: 0.99, step: 0.01 }),
    },
    outputs: [
      ['IMAGE', 'image'],
      ['MASK', 'mask'],
    ],
    async run(given, call) {
      const { image, mask, method, mask_grow, fix_gap, fix_threshold, detail_range, black_point, white_point } = given;
      if (method === 'PyMatting')
        throw refusal(call.node, 'method', "'OpenCV-GuidedFilter': the other is not here", method);
      if ([0, 1, 2].some((i) => image.shape[i] !== mask.shape[i])) return [image, mask];
      const pictures = await picturesOf(call.node, 'image', image, call);
      const grown =
        mask_grow === 0 ? mask : expanded(bytesIn(mask), mask_grow, Math.abs(Math.floor(mask_grow / 2))).as('float32');
      const masks = await floatsOf(grown, call);
      const made = masks.map((own, i): { canvas: Picture; own: Plane<Uint8Array> } => {
        const fixed = fix_gap ? maskFix(own, fix_gap, fix_threshold) : own;
        const picture = rgb(pictures[i]);
        const range = detail_range + 1;
        const alpha = guided(picture, bytes(fixed), range % 2 ? range : range + 1, 0.015);
        const black = Math.min(black_point, white_point - 0.001);
        const toned = alpha.map((x) => Math.min(Math.max((x - black) / (white_point - black), 0), 1));
        const through = bytes({ ...own, data: Float32Array.from(toned) });
        return { canvas: rgba(picture, through), own: through };
      });
      return pairsOf(call, made);
    },
  }),
};

/** Floats as bytes, truncated. NaN is 0. */
const bytes = ({ data, width, height }: Plane<Float32Array>): Plane<Uint8Array> => ({
  data: Uint8Array.from(data, (x) => Math.min(Math.max(Math.fround(255 * x), 0), 255)),
  width,
  height,
});
