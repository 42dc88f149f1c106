// WAS: selects connected regions of a mask, cuts them out, and fills them.
import { refusal } from '../../../base/errors.js';
import { combo, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import type { Box } from '../../sockets.js';
import { bytesOf, checkOne, type Plane } from '../lib/each.js';
import { boundsOf, extreme, filled, label } from '../lib/label.js';
import { inverted, onBatches, regionOf, was, where } from './common.js';

const threshold = int({ default: 128, min: 0, max: 255 });
const padding = int({ default: 24, min: 0, max: 4096 });
const one = { ...was, outputs: [['MASK', 'MASKS']], quirk: onBatches } as const;

export const regions = {
  'Mask Dominant Region': node({
    ...one,
    title: 'Mask Dominant Region',
    about:
      'Through bytes: the largest dark region (255 - v above the threshold, 4-connected) becomes 0, everything else 1. Without dark pixels ' +
      'everything is 0.',
    inputs: { masks: mask, threshold },
    run: ({ masks, threshold }, call) =>
      regionOf(masks, call, (plane) => {
        const { labels, sizes } = label(plane, (at) => 255 - plane.data[at] > threshold);
        const own = extreme(sizes, true);
        return where(plane, (at) => labels[at] === own);
      }),
  }),

  'Mask Minority Region': node({
    ...one,
    title: 'Mask Minority Region',
    about:
      'Through bytes: the smallest light region joined by sides becomes 0, all else 1. Where nothing is light, all is 0.',
    inputs: { masks: mask, threshold },
    run: ({ masks, threshold }, call) =>
      regionOf(masks, call, (plane) => {
        const { labels, sizes } = label(plane, (at) => plane.data[at] > threshold);
        const own = extreme(sizes, false);
        return where(plane, (at) => labels[at] === own);
      }),
  }),

  'Mask Crop Dominant Region': node({
    ...one,
    title: 'Mask Crop Dominant Region',
    about:
      'A square around the largest region above 128, with a border, the mask multiplied with itself in its middle.',
    quirk: `${onBatches} A mask without a light region is refused; the original fails.`,
    inputs: { masks: mask, padding },
    run: ({ masks, padding }, call) => regionOf(masks, call, (plane) => cutOut(call.node, plane, padding, true)),
  }),

  'Mask Crop Minority Region': node({
    ...one,
    title: 'Mask Crop Minority Region',
    about:
      'A square around the smallest region above 128, with a border, the mask multiplied with itself in its middle.',
    quirk: `${onBatches} A mask without a light region is refused; the original fails.`,
    inputs: { masks: mask, padding },
    run: ({ masks, padding }, call) => regionOf(masks, call, (plane) => cutOut(call.node, plane, padding, false)),
  }),

  'Mask Crop Region': node({
    ...was,
    title: 'Mask Crop Region',
    about:
      'A square around everything that is not 0, with a border, cut at the edges of the mask; its location and size, and both as CROP_DATA. An ' +
      'empty mask is returned unchanged, with location 0. region_type has no effect.',
    quirk: 'A batch of masks is refused, as its squares differ; the original fails.',
    inputs: { mask, padding, region_type: combo(['dominant', 'minority']) },
    outputs: [
      ['MASK', 'cropped_mask'],
      ['CROP_DATA', 'crop_data'],
      ['INT', 'top_int'],
      ['INT', 'left_int'],
      ['INT', 'right_int'],
      ['INT', 'bottom_int'],
      ['INT', 'width_int'],
      ['INT', 'height_int'],
    ],
    async run({ mask, padding }, call) {
      checkOne(call.node, 'mask', mask);
      const [, rows, columns] = mask.shape;
      const [plane] = await bytesOf(mask, call);
      const bounds = boundsOf(plane, (at) => plane.data[at] > 0);
      const box: Box = bounds ? square(bounds, padding, columns, rows) : [0, 0, 0, 0];
      const [left, top, right, bottom] = box;
      const [width, height] = bounds ? [right - left, bottom - top] : [columns, rows];
      const bytes = mask.as('uint8');
      const region = bounds ? bytes.crop({ x: left, y: top, width, height }) : bytes;
      const crop = { size: [width, height], box } as const;
      return [region.invert().as('float32').invert(), crop, top, left, right, bottom, width, height];
    },
  }),

  'Mask Fill Holes': node({
    ...one,
    title: 'Mask Fill Holes',
    about:
      'Through bytes: fills holes. 1 where the mask is not 0, and in areas of 0 that do not connect to the edge by sides.',
    inputs: { masks: mask },
    run: ({ masks }, call) =>
      regionOf(masks, call, (plane) => inverted({ ...plane, data: filled(plane, (at) => plane.data[at] > 0) })),
  }),
};

/** The region on black, pasted through itself into the middle of a square, then inverted. */
function cutOut(node: string, plane: Plane<Uint8Array>, padding: number, most: boolean): Plane<Uint8Array> {
  const { labels, sizes } = label(plane, (at) => plane.data[at] > 128);
  const own = extreme(sizes, most);
  const bounds = own ? boundsOf(plane, (at) => labels[at] === own) : undefined;
  if (!bounds) throw refusal(node, 'masks', 'light somewhere, above 128 / 255', 'none');
  const [left, top, right, bottom] = bounds;
  const side = Math.max(right - left, bottom - top) + 2 * padding;
  const [x, y] = [Math.floor((side - right + left) / 2), Math.floor((side - bottom + top) / 2)];
  const data = new Uint8Array(side * side).fill(255);
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const v = plane.data[row * plane.width + column];
      const product = v * v + 128;
      data[(y + row - top) * side + x + column - left] = 255 - (((product >> 8) + product) >> 8);
    }
  }
  return { data, width: side, height: side };
}

function square([left, top, right, bottom]: Box, padding: number, width: number, height: number): Box {
  const side = Math.max(right - left, bottom - top) + 2 * padding;
  const x = Math.max(Math.floor((left + right) / 2) - Math.floor(side / 2), 0);
  const y = Math.max(Math.floor((top + bottom) / 2) - Math.floor(side / 2), 0);
  return [x, y, Math.min(x + side, width), Math.min(y + side, height)];
}
