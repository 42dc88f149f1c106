// essentials: blurs, repairs, cuts and previews masks.
import { refusal } from '../../../base/errors.js';
import { combo, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { batchOf, floatsOf } from '../lib/each.js';
import { boundsOf } from '../lib/label.js';
import { closed, dilated, eroded, opened } from '../lib/morphology.js';
import { fitting, repeatedLast } from '../lib/pictures.js';
import { checkBlur, torchBlur } from '../lib/torchBlur.js';
import { upscaled } from '../lib/upscale.js';
import { essentials, odd } from './common.js';

const size = int({ default: 0, min: 0, max: 256 });
const wide = 'A blur that reaches beyond the whole mask is refused; the original fails.';

export const masks = {
  'MaskBlur+': node({
    ...essentials,
    title: '🔧 Mask Blur',
    about: "torchvision's Gaussian of amount weights, an even amount one more; the edge mirrored without itself.",
    quirk: wide,
    inputs: { mask, amount: { ...size, default: 6 }, device: combo(['auto', 'cpu', 'gpu']) },
    async run({ mask, amount }, call) {
      if (amount === 0) return [mask];
      checkBlur(call.node, 'amount', odd(amount), mask.shape);
      const all = await floatsOf(mask, call);
      return [
        batchOf(
          call,
          all.map((plane) => torchBlur(plane, odd(amount))),
        ),
      ];
    },
  }),

  'MaskSmooth+': node({
    ...essentials,
    title: '🔧 Mask Smooth',
    about: 'Pixels above 0.5, blurred, and 1 wherever the blur reaches: grown by a square of half the amount.',
    quirk: wide,
    inputs: { mask, amount: int({ default: 0, min: 0, max: 127 }) },
    run({ mask, amount }, { node }) {
      if (amount === 0) return [mask];
      checkBlur(node, 'amount', odd(amount), mask.shape);
      return [
        mask
          .as('float32')
          .threshold({ value: 0.5 })
          .grow({ expand: (odd(amount) - 1) / 2, shape: 'square' }),
      ];
    },
  }),

  'MaskFix+': node({
    ...essentials,
    title: '🔧 Mask Fix',
    about:
      "scipy's grey erosion (below 0) or dilation of a square, closing of fill_holes and opening of remove_isolated_pixels, then smooth as in Mask " +
      'Smooth and blur as in Mask Blur.',
    quirk: wide,
    inputs: {
      mask,
      erode_dilate: { ...size, min: -256 },
      fill_holes: { ...size, max: 128 },
      remove_isolated_pixels: { ...size, max: 32 },
      ...{ smooth: size, blur: size },
    },
    async run({ mask, erode_dilate, fill_holes, remove_isolated_pixels, smooth, blur }, call) {
      if (smooth) checkBlur(call.node, 'smooth', odd(smooth), mask.shape);
      if (blur) checkBlur(call.node, 'blur', odd(blur), mask.shape);
      const mended = (await floatsOf(mask, call)).map((plane) => {
        const moved =
          erode_dilate < 0 ? eroded(plane, -erode_dilate) : erode_dilate ? dilated(plane, erode_dilate) : plane;
        const filled = fill_holes ? closed(moved, fill_holes) : moved;
        return remove_isolated_pixels ? opened(filled, remove_isolated_pixels) : filled;
      });
      const fixed = batchOf(call, mended);
      const round = smooth
        ? fixed.threshold({ value: 0.5 }).grow({ expand: (odd(smooth) - 1) / 2, shape: 'square' })
        : fixed;
      if (!blur) return [round];
      const all = await floatsOf(round, call);
      return [
        batchOf(
          call,
          all.map((plane) => torchBlur(plane, odd(blur))),
        ),
      ];
    },
  }),

  'MaskFlip+': node({
    ...essentials,
    title: '🔧 Mask Flip',
    about: 'Mirrored left to right (x), upside down (y), or both.',
    inputs: { mask, axis: combo(['x', 'y', 'xy']) },
    run: ({ mask, axis }) => [mask.flip({ axis })],
  }),

  'MaskBoundingBox+': node({
    ...essentials,
    title: '🔧 Mask Bounding Box',
    about:
      'The bounding box of everything that is not 0 in the batch, after the blur, with a padding, cut at the edges. The same part of the ' +
      'picture, which is first scaled to the mask (bicubic, cut in the middle).',
    quirk: `A mask of zeros is refused; the original fails. ${wide}`,
    inputs: { mask, padding: int({ default: 0, min: 0, max: 4096 }), blur: size, image_optional: optional(image) },
    outputs: [
      ['MASK', 'MASK'],
      ['IMAGE', 'IMAGE'],
      ['INT', 'x'],
      ['INT', 'y'],
      ['INT', 'width'],
      ['INT', 'height'],
    ],
    async run({ mask, padding, blur, image_optional }, call) {
      const [batch, rows, columns] = mask.shape;
      if (blur) checkBlur(call.node, 'blur', odd(blur), mask.shape);
      const given = await floatsOf(mask, call);
      const all = blur ? given.map((plane) => torchBlur(plane, odd(blur))) : given;
      const bounds = boundsOf(all[0], (at) => all.some(({ data }) => data[at] !== 0));
      if (!bounds) throw refusal(call.node, 'mask', 'not 0 somewhere', 'zeros alone');
      const [left, top] = [Math.max(bounds[0] - padding, 0), Math.max(bounds[1] - padding, 0)];
      const size = {
        width: Math.min(bounds[2] + padding, columns) - left,
        height: Math.min(bounds[3] + padding, rows) - top,
      };
      const cut = { x: left, y: top, ...size };
      const picture = image_optional ?? mask.as('float32').toGray();
      const fit = fitting(picture, mask)
        ? picture
        : await upscaled(picture, { width: columns, height: rows }, 'bicubic', call, 'center');
      const image = repeatedLast(fit, batch).crop(cut);
      return [batchOf(call, all).crop(cut), image, left, top, size.width, size.height];
    },
  }),

  'MaskPreview+': node({
    ...essentials,
    title: '🔧 Mask Preview',
    about: 'Shows masks as gray pictures: bytes by truncation.',
    quirk:
      'No file is written: runNode and runWorkflow give the picture as bytes, and the caller decides where it goes.',
    inputs: { mask },
    outputs: [],
    ends: true,
    run: ({ mask }) => [mask.as('uint8').toGray()],
  }),
};
