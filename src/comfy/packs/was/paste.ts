// WAS: puts a part of a mask back where it was cut, and finds the smallest region of at least a given size.
import { float, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { batchOf, bytesOf, checkOne, type Plane } from '../lib/each.js';
import { resized } from '../lib/filters.js';
import { parts } from '../lib/parts.js';
import { filledPicture, gray, inverted, mapped, paste } from '../lib/pillow.js';
import { onBatches, regionOf, was, where } from './common.js';
import { ramps, sharpened } from './edges.js';

export const nodes = {
  'Mask Paste Region': node({
    ...was,
    title: 'Mask Paste Region',
    about:
      'What was cut out made as large as it was, by bicubic, sharper so many times, and put in its place: of this share of its sides it falls off towards each ' +
      'side that is not at the edge of the mask. And how much of it there is. Both through bytes.',
    quirk: 'A batch, and a crop no longer than its place, are refused; the original fails.',
    inputs: {
      ...{ mask, crop_mask: mask },
      crop_data: { type: 'CROP_DATA' },
      crop_blending: float({ default: 0.25, min: 0, max: 1, step: 0.01 }),
      crop_sharpening: int({ default: 0, min: 0, max: 3 }),
    },
    outputs: [
      ['MASK', 'RESULT_MASK'],
      ['MASK', 'CROP_MASK'],
    ],
    async run({ mask, crop_mask, crop_data, crop_blending, crop_sharpening }, call) {
      const [whole, part] = await Promise.all(
        [mask, crop_mask].map(async (one) => {
          checkOne(call.node, 'mask', one);
          const [plane] = await bytesOf(one.as('uint8'), call);
          return gray(plane);
        }),
      );
      const {
        size: [width, height],
        box: [left, top],
      } = crop_data;
      let own = await resized(call.node, part, width, height, call);
      for (let i = 0; i < crop_sharpening; i++) own = sharpened(own);
      const soft = ramps(whole, crop_data, crop_blending);
      const through = filledPicture(whole.width, whole.height, [0]);
      paste(through, inverted(soft), left, top);
      const canvas = mapped(whole, (v) => v);
      const laid = filledPicture(whole.width, whole.height, [0]);
      paste(laid, own, left, top);
      paste(canvas, laid, 0, 0, through);
      const given = (plane: Plane) => batchOf(call, [plane]).as('float32').invert();
      return [given(inverted(canvas)), given(inverted(through))];
    },
  }),

  'Mask Arbitrary Region': node({
    ...was,
    title: 'Mask Arbitrary Region',
    about:
      'Through bytes: of the regions above the threshold, joined by sides or corners, that have at least so many ten-thousandths of the mask, the smallest becomes 0 ' +
      'and all else 1. Without one, 1 - x.',
    quirk: onBatches,
    inputs: {
      masks: mask,
      size: int({ default: 256, min: 1, max: 4096 }),
      threshold: int({ default: 128, min: 0, max: 255 }),
    },
    outputs: [['MASK', 'MASKS']],
    run: ({ masks, size, threshold }, call) =>
      regionOf(masks, call, (plane) => {
        const least = (size * plane.width * plane.height) / 10000;
        const all = parts(plane, (at) => plane.data[at] > threshold).filter(({ pixels }) => pixels.length >= least);
        if (!all.length) return plane;
        const own = new Set(all.reduce((one, other) => (other.pixels.length < one.pixels.length ? other : one)).pixels);
        return where(plane, (at) => own.has(at));
      }),
  }),
};
