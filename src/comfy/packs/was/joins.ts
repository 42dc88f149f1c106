// WAS: arithmetic on the floats of masks, and batches of masks.
import { refusal } from '../../../base/errors.js';
import { MaskBatch as Mask, type MaskBatch } from '../../../index.js';
import { int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { MARKER } from '../lib/marker.js';
import { was } from './common.js';

const two = { masks_a: mask, masks_b: mask };
const masks = [['MASK', 'MASKS']] as const;
const maybe = optional(mask);

export const joins = {
  'Masks Add': node({
    ...was,
    title: 'Masks Add',
    about: 'The sum of two masks in floats, without a clamp.',
    inputs: two,
    outputs: masks,
    run: ({ masks_a, masks_b }) => [masks_a.as('float32').add(masks_b.as('float32'))],
  }),

  'Masks Subtract': node({
    ...was,
    title: 'Masks Subtract',
    about: 'The first mask less the second in floats; what is below 0 becomes 0.',
    inputs: two,
    outputs: masks,
    // the original clamps at 255, which values of 0..1 never reach
    run: ({ masks_a, masks_b }) => [masks_a.as('float32').subtract(masks_b.as('float32')).clamp()],
  }),

  'Mask Invert': node({
    ...was,
    title: 'Mask Invert',
    about: '1 - x in floats, without a clamp.',
    inputs: { masks: mask },
    outputs: masks,
    run: ({ masks }) => [masks.as('float32').invert()],
  }),

  'Masks Combine Regions': node({
    ...was,
    title: 'Masks Combine Regions',
    about:
      'The sum of two to six masks, clamped to 0..1. Masks of 64 x 64 count as missing; a single other one is returned unchanged.',
    inputs: { mask_a: mask, mask_b: mask, mask_c: maybe, mask_d: maybe, mask_e: maybe, mask_f: maybe },
    outputs: [['MASK', 'MASK']],
    run({ mask_a, mask_b, mask_c, mask_d, mask_e, mask_f }, { node }) {
      const all = [mask_a, mask_b, mask_c, mask_d, mask_e, mask_f].filter((one) => one !== undefined);
      const valid = all.filter(({ shape }) => shape.join() !== `1,${MARKER},${MARKER}`);
      if (valid.length < 2) return [valid[0] ?? mask_a];
      sameShape(node, valid, 0);
      return [sum(valid).clamp()];
    },
  }),

  'Masks Combine Batch': node({
    ...was,
    title: 'Masks Combine Batch',
    about: 'The sum of all masks of the batch, clamped to 0..1.',
    inputs: { masks: mask },
    outputs: [['MASK', 'MASK']],
    run: ({ masks }) => [sum(Array.from({ length: masks.shape[0] }, (_, b) => masks.at(b))).clamp()],
  }),

  'Mask Batch': node({
    ...was,
    title: 'Mask Batch',
    about: 'Up to four masks of one size as one batch.',
    quirk:
      'The original gives [N, 1, 1, H, W]; it comes as [N, H, W]. Without a mask it is refused, as in the original.',
    inputs: { masks_a: maybe, masks_b: maybe, masks_c: maybe, masks_d: maybe },
    outputs: [['MASK', 'masks']],
    run({ masks_a, masks_b, masks_c, masks_d }, { node }) {
      const all = [masks_a, masks_b, masks_c, masks_d].filter((one) => one !== undefined);
      if (!all.length) throw refusal(node, 'masks_a', 'given, or another mask', undefined, 'missing');
      sameShape(node, all, 1);
      return [Mask.cat(all.map((one) => one.as('float32')))];
    },
  }),

  'Mask Batch to Mask': node({
    ...was,
    title: 'Mask Batch to Mask',
    about: 'The first row of one mask of the batch, [1, 1, W]; beyond the end, of the last.',
    quirk:
      'The original is made for masks with a channel, [B, 1, H, W]; of [B, H, W] it takes a row, [W], and so do we.',
    inputs: { masks: mask, batch_number: int({ default: 0, min: 0, max: 64 }) },
    outputs: [['MASK', 'MASK']],
    run: ({ masks, batch_number }) => [
      masks.at(Math.min(batch_number, masks.shape[0] - 1)).crop({ width: masks.shape[2], height: 1 }),
    ],
  }),
};

const sum = (all: readonly MaskBatch[]): MaskBatch =>
  all.map((one) => one.as('float32')).reduce((total, one) => total.add(one));

function sameShape(node: string, all: readonly MaskBatch[], from: number): void {
  const [first] = all;
  const other = all.find(({ shape }) => shape.slice(from).join() !== first.shape.slice(from).join());
  if (other) throw refusal(node, 'masks', `of one size (${first})`, other.toString(), 'bad-shape');
}
