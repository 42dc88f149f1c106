// Impact: lists and batches of masks and pictures, and switches.
import { ImageBatch as Image } from '../../../index.js';
import { anything, boolean, image, int, latent, lazy, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { upscaled } from '../lib/upscale.js';
import { impact, joined, util } from './common.js';

const sizes = 'Masks of several sizes are refused; the original fails.';

export const lists = {
  MasksToMaskList: node({
    ...impact,
    title: 'Mask Batch to Mask List',
    about: 'The masks of the batch as a list.',
    inputs: { masks: mask },
    outputs: [['MASK', 'MASK', 'list']],
    run: ({ masks }) => [Array.from({ length: masks.shape[0] }, (_, b) => masks.at(b))],
  }),

  MaskListToMaskBatch: node({
    ...impact,
    title: 'Mask List to Mask Batch',
    about: 'All masks of the list as one batch.',
    quirk: sizes,
    inputs: { mask },
    takesLists: true,
    run: ({ mask }, { node, device }) => [
      mask.length ? joined(node, mask) : device.solid({ value: 0, width: 64, height: 64 }),
    ],
  }),

  ImpactMakeMaskList: node({
    ...util,
    title: 'Make Mask List',
    about: 'mask1, mask2, … as a list.',
    inputs: { mask1: mask },
    more: { prefix: 'mask', input: mask },
    outputs: [['MASK', 'MASK', 'list']],
    run: (_, { more }) => [[...more.values()]],
  }),

  ImpactMakeMaskBatch: node({
    ...util,
    title: 'Make Mask Batch',
    about: 'mask1, mask2, … as one batch.',
    quirk: sizes,
    inputs: { mask1: mask },
    more: { prefix: 'mask', input: mask },
    run: (_, { more, node }) => [joined(node, [...more.values()])],
  }),

  ImpactMakeImageBatch: node({
    ...util,
    title: 'Make Image Batch',
    about:
      "image1, image2, … as one batch: the others are made as large as the first by Pillow's Lanczos on bytes, cut in the middle.",
    inputs: { image1: image },
    more: { prefix: 'image', input: image },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image1 }, { more, ...call }) {
      const [, height, width, channels] = image1.shape;
      const all = [];
      for (const one of more.values()) {
        const same = one.shape.slice(1).join() === [height, width, channels].join();
        all.push((same ? one : await upscaled(one, { width, height }, 'lanczos', call, 'center')).as('float32'));
      }
      return [Image.cat(all)];
    },
  }),

  ImpactSwitch: node({
    ...util,
    title: 'Switch (Any)',
    about: 'What came on the input of this number, its name and the number; nothing where that input is not linked.',
    quirk:
      'Only the chosen input is made, with either value of sel_mode; the label of a slot is the name of its input.',
    inputs: {
      select: int({ default: 1, min: 1, max: 999999 }),
      sel_mode: boolean(false),
      input1: optional(lazy(anything)),
    },
    more: { prefix: 'input', input: optional(lazy(anything)) },
    takes: ({ select }) => [`input${select}`],
    outputs: [
      ['*', 'selected_value'],
      ['STRING', 'selected_label'],
      ['INT', 'selected_index'],
    ],
    run({ select }, { more }) {
      const label = more.has(select) ? `input${select}` : '';
      return [more.get(select), label, select];
    },
  }),

  ImageMaskSwitch: node({
    ...util,
    title: 'Switch (images, mask)',
    about: 'The picture and the mask with this number, if they are linked.',
    inputs: {
      select: int({ default: 1, min: 1, max: 4 }),
      images1: image,
      ...{ mask1_opt: optional(mask), images2_opt: optional(image), mask2_opt: optional(mask) },
      ...{ images3_opt: optional(image), mask3_opt: optional(mask) },
      ...{ images4_opt: optional(image), mask4_opt: optional(mask) },
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
    ],
    run: ({ select, ...given }) => [
      [given.images1, given.images2_opt, given.images3_opt, given.images4_opt][select - 1],
      [given.mask1_opt, given.mask2_opt, given.mask3_opt, given.mask4_opt][select - 1],
    ],
  }),

  RemoveNoiseMask: node({
    ...util,
    title: 'Remove Noise Mask',
    about: 'The latent without its noise_mask.',
    inputs: { samples: latent },
    outputs: [['LATENT', 'LATENT']],
    run({ samples: { noise_mask, ...rest } }) {
      return [rest];
    },
  }),
};
