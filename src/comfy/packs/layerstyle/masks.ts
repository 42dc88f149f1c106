// LayerStyle: grows, strokes and inverts masks, and measures how much of them is white.
import type { MaskBatch } from '../../../index.js';
import { boolean, combo, float, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { bytesIn, expanded, layerMask, layerUtility } from './common.js';

const out = [['MASK', 'mask']] as const;
const invert_mask = boolean(true);
const white_point = int({ default: 1, min: 1, max: 254 });
/** Masks of more pixels are measured at a smaller size, scaled by Pillow. */
const LARGE = 512 * 512;

export const masks = {
  'LayerMask: MaskInvert': node({
    ...layerMask,
    title: 'LayerMask: MaskInvert',
    about: '1 - v / 255 of each byte.',
    inputs: { mask },
    outputs: out,
    run: ({ mask }) => [bytesIn(mask).as('float32').invert()],
  }),

  'LayerMask: MaskGrow': node({
    ...layerMask,
    title: 'LayerMask: MaskGrow',
    about: 'Through bytes: grown step by step to the four sides, shrunk below 0, then blurred as Pillow blurs.',
    inputs: {
      mask,
      invert_mask,
      grow: int({ default: 4, min: -999, max: 999 }),
      blur: int({ default: 4, min: 0, max: 999 }),
    },
    outputs: out,
    run: ({ mask, invert_mask, grow, blur }) => [expanded(bytesIn(mask, invert_mask), grow, blur).as('float32')],
  }),

  'LayerMask: MaskStroke': node({
    ...layerMask,
    title: 'LayerMask: MaskStroke',
    about: 'A line along the edge: the mask grown and blurred, less the mask grown by stroke_width less and blurred.',
    inputs: {
      mask,
      invert_mask,
      stroke_grow: int({ default: 0, min: -999, max: 999 }),
      stroke_width: int({ default: 20, min: 0, max: 999 }),
      blur: int({ default: 6, min: 0, max: 100 }),
    },
    outputs: out,
    run({ mask, invert_mask, stroke_grow, stroke_width, blur }) {
      const inner = stroke_grow - Math.trunc(stroke_width / 2);
      const bytes = bytesIn(mask, invert_mask);
      const grown = (by: number) => expanded(bytes, by, blur).as('float32');
      return [
        grown(inner + stroke_width)
          .subtract(grown(inner))
          .clamp(),
      ];
    },
  }),

  'LayerUtility: CheckMask': node({
    ...layerUtility,
    title: 'LayerUtility: Check Mask',
    about: 'Whether more than area_percent of the first mask has bytes above white_point.',
    inputs: { mask, white_point, area_percent: int({ default: 1, min: 1, max: 99 }) },
    outputs: [['BOOLEAN', 'bool']],
    run: async ({ mask, white_point, area_percent }) => [(await part(mask, white_point)) * 100 > area_percent],
  }),

  'LayerUtility: CheckMaskV2': node({
    ...layerUtility,
    title: 'LayerUtility: Check Mask V2',
    about:
      'Whether the first mask has anything but 0 (simple), or more than area_percent of its bytes are above white_point (detect_percent).',
    inputs: {
      mask,
      method: combo(['simple', 'detect_percent']),
      white_point,
      area_percent: float({ default: 0.01, min: 0, max: 100, step: 0.01 }),
    },
    outputs: [['BOOLEAN', 'bool']],
    async run({ mask, method, white_point, area_percent }) {
      if (method === 'simple') return [(await mask.at(0).data()).some((v) => v !== 0)];
      return [(await part(mask, white_point)) * 100 > area_percent];
    },
  }),
};

/** Which share of the first mask is above this byte. */
async function part(mask: MaskBatch, limit: number): Promise<number> {
  const [, height, width] = mask.shape;
  const first = bytesIn(mask.at(0));
  const small = { width: 512, height: Math.trunc((512 * height) / width), filter: 'lanczos' } as const;
  const bytes = await (width * height > LARGE ? first.resize(small) : first).bytes();
  return bytes.reduce((count, v) => (v > limit ? count + 1 : count), 0) / bytes.length;
}
