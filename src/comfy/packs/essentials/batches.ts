// essentials: batches of masks.
import { MaskBatch as Mask, type MaskBatch } from '../../../index.js';
import { combo, ENDLESS, image, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { halfEven } from '../lib/numbers.js';
import { upscaled } from '../lib/upscale.js';
import { essentials } from './common.js';

const batch = { ...essentials, category: 'essentials/mask batch' } as const;

export const batches = {
  'MaskBatch+': node({
    ...batch,
    title: '🔧 Mask Batch',
    about: 'One batch after another; the second is made as large as the first, bicubic, cut in the middle.',
    inputs: { mask1: mask, mask2: mask },
    async run({ mask1, mask2 }, call) {
      const [, height, width] = mask1.shape;
      const same = mask2.shape[1] === height && mask2.shape[2] === width;
      const second = same ? mask2 : await upscaled(mask2, { width, height }, 'bicubic', call, 'center');
      return [Mask.cat([mask1.as('float32'), second.as('float32')])];
    },
  }),

  'MaskExpandBatch+': node({
    ...batch,
    title: '🔧 Mask Expand Batch',
    about:
      'As many masks as size: spread over them (expand), all again from the first, the first or the last more often. Too many are cut, ' +
      'but for expand, which spreads them too.',
    inputs: {
      mask,
      size: int({ default: 16, min: 1, max: ENDLESS }),
      method: combo(['expand', 'repeat all', 'repeat first', 'repeat last']),
    },
    run({ mask, size, method }) {
      const [own] = mask.shape;
      if (own === size) return [mask];
      if (size === 1 || (size < own && method !== 'expand')) return [mask.slice(0, size)];
      const apart = (own - 1) / (size - 1);
      const from = {
        expand: (i: number) => (size < own ? halfEven(i * apart) : Math.floor((i + 0.5) * (own / size))),
        'repeat all': (i: number) => i % own,
        'repeat first': (i: number) => Math.max(i - (size - own), 0),
        'repeat last': (i: number) => i,
      }[method];
      return [picked(mask, size, (i) => Math.min(from(i), own - 1))];
    },
  }),

  'ImageBatchToList+': node({
    ...essentials,
    category: 'essentials/image batch',
    title: '🔧 Image Batch To List',
    about: 'The pictures of the batch as a list.',
    inputs: { image },
    outputs: [['IMAGE', 'IMAGE', 'list']],
    run: ({ image }) => [Array.from({ length: image.shape[0] }, (_, b) => image.at(b))],
  }),

  'MaskFromBatch+': node({
    ...batch,
    title: '🔧 Mask From Batch',
    about: 'length masks from start on, fewer at the end; beyond the end the last one.',
    inputs: {
      mask,
      start: int({ default: 0, min: 0, max: ENDLESS }),
      length: int({ default: 1, min: 1, max: ENDLESS }),
    },
    run({ mask, start, length }) {
      const [own] = mask.shape;
      const first = Math.min(start, own - 1);
      return [mask.slice(first, Math.min(first + length, own))];
    },
  }),
};

const picked = (mask: MaskBatch, size: number, from: (i: number) => number): MaskBatch =>
  Mask.cat(Array.from({ length: size }, (_, i) => mask.at(from(i))));
