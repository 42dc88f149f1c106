// KJNodes: masks from colours, remapped values, and sizes.
import { refusal } from '../../../base/errors.js';
import { boolean, float, image, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { batchOf, floatsOf } from '../lib/each.js';
import { halfEven } from '../lib/numbers.js';
import { kj } from './common.js';

const byte = int({ default: 0, min: 0, max: 255 });
const out = [['MASK', 'mask']] as const;
const f = Math.fround;

export const tones = {
  ColorToMask: node({
    ...kj,
    title: 'Color To Mask',
    about:
      '1 where the distance of red, green and blue, times 255, to the colour is at most the threshold; else 0. per_batch changes nothing.',
    quirk: 'A picture of another number of channels than 3 is refused; the original fails.',
    inputs: {
      images: image,
      invert: boolean(false),
      ...{ red: byte, green: byte, blue: byte },
      threshold: int({ default: 10, min: 0, max: 255 }),
      per_batch: int({ default: 16, min: 1, max: 4096 }),
    },
    outputs: [['MASK', 'MASK']],
    async run({ images, invert, red, green, blue, threshold }, { device, node, signal }) {
      const [batch, height, width, channels] = images.shape;
      if (channels !== 3) {
        throw refusal(node, 'images', 'pictures of 3 channels', `shape [${images.shape}]`, 'bad-shape');
      }
      const data = await images.data({ signal });
      const made = new Uint8Array(batch * height * width);
      const square = (value: number, own: number): number => f(f(value * 255) - own) ** 2;
      for (let i = 0, at = 0; i < made.length; i++, at += 3) {
        const sum = square(data[at], red) + square(data[at + 1], green) + square(data[at + 2], blue);
        made[i] = f(Math.sqrt(sum)) <= threshold !== invert ? 255 : 0;
      }
      return [device.mask(made, [batch, height, width]).as('float32')];
    },
  }),

  RemapMaskRange: node({
    ...kj,
    title: 'Remap Mask Range',
    about: 'x divided by the largest value of the batch, times max - min, plus min, clamped to 0..1.',
    inputs: {
      mask,
      min: { ...float({ default: 0, min: -10, max: 1, step: 0.01 }), takes: [-10, 10] },
      max: { ...float({ default: 1, min: 0, max: 10, step: 0.01 }), takes: [-10, 10] },
    },
    outputs: out,
    async run({ mask, min, max }, call) {
      const all = await floatsOf(mask, call);
      let most = 0;
      for (const { data } of all) for (const x of data) most = Math.max(most, x);
      const by = most || 1;
      const [range, from] = [f(max - min), f(min)];
      const to = (x: number): number => Math.min(Math.max(f(f(f(x / by) * range) + from), 0), 1);
      return [
        batchOf(
          call,
          all.map((plane) => ({ ...plane, data: plane.data.map(to) })),
        ),
      ];
    },
  }),

  RoundMask: node({
    ...kj,
    title: 'Round Mask',
    about: 'Every value rounded, half to even.',
    inputs: { mask },
    outputs: [['MASK', 'MASK']],
    async run({ mask }, call) {
      const all = await floatsOf(mask, call);
      return [
        batchOf(
          call,
          all.map((plane) => ({ ...plane, data: plane.data.map(halfEven) })),
        ),
      ];
    },
  }),

  GetMaskSizeAndCount: node({
    ...kj,
    title: 'Get Mask Size & Count',
    about: 'The mask unchanged, its width and height, and the number of masks.',
    inputs: { mask },
    outputs: [
      ['MASK', 'mask'],
      ['INT', 'width'],
      ['INT', 'height'],
      ['INT', 'count'],
    ],
    run: ({ mask }) => [mask, mask.shape[2], mask.shape[1], mask.shape[0]],
  }),
};
