// The inpaint nodes that change masks.
import { refusal } from '../../../base/errors.js';
import type { MaskBatch } from '../../../index.js';
import { combo, float, int, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { type Around, floatsOf } from '../lib/each.js';
import { blurred, dilated, eroded, inpaint, kernelOf, mapped, odd, onEdges } from './common.js';

const size = (fallback: number) => int({ default: fallback, min: 0, max: 8096 });
const blurs = { blur: size(7), blur_type: combo(['box', 'linear', 'gaussian'], 'gaussian') };
const masks = [['MASK', 'mask']] as const;

async function soft(made: MaskBatch, call: Around, { blur, blur_type }: { blur: number; blur_type: string }) {
  return [odd(blur) <= 2 ? made : await blurred(made, call, kernelOf(blur_type, odd(blur)))];
}

export const masksOf = {
  INPAINT_ExpandMask: node({
    ...inpaint,
    title: 'Expand Mask',
    about: 'White where the sum of a square of `grow` pixels each way is above 0, then blurred in floats.',
    quirk: onEdges,
    inputs: { mask, grow: size(16), ...blurs },
    outputs: masks,
    async run({ mask, grow, ...blur }, call) {
      return soft(grow > 0 ? await dilated(mask, grow, call) : mask.as('float32'), call, blur);
    },
  }),

  INPAINT_ShrinkMask: node({
    ...inpaint,
    title: 'Shrink Mask',
    about: 'White where a square of `shrink` pixels each way is all 1, then blurred in floats.',
    quirk: onEdges,
    inputs: { mask, shrink: size(16), ...blurs },
    outputs: masks,
    run: ({ mask, shrink, ...blur }, call) => soft(shrink > 0 ? eroded(mask, shrink) : mask.as('float32'), call, blur),
  }),

  INPAINT_StabilizeMask: node({
    ...inpaint,
    title: 'Stabilize Mask',
    about: 'Values above 1 - epsilon become 1.',
    inputs: { mask, epsilon: float({ default: 0.01, min: 0, max: 1, step: 0.0001 }) },
    outputs: masks,
    async run({ mask, epsilon }, call) {
      const limit = Math.fround(1 - epsilon);
      return [
        await mapped(mask, call, (plane) => ({
          ...plane,
          data: plane.data.map((value) => (value > limit ? 1 : value)),
        })),
      ];
    },
  }),

  INPAINT_DenoiseToCompositingMask: node({
    ...inpaint,
    title: 'Denoise to Compositing Mask',
    about: 'Stretches offset..threshold to 0..1.',
    inputs: {
      mask,
      offset: float({ default: 0.1, min: 0, max: 1, step: 0.01 }),
      threshold: float({ default: 0.2, min: 0.01, max: 1, step: 0.01 }),
    },
    outputs: masks,
    async run({ mask, offset, threshold }, call) {
      if (offset >= threshold) throw refusal(call.node, 'threshold', `above offset (${offset})`, threshold);
      const scale = Math.fround(1 / (threshold - offset));
      const stretched = (value: number): number =>
        Math.min(1, Math.max(0, Math.fround(Math.fround(value - Math.fround(offset)) * scale)));
      return [await mapped(mask, call, (plane) => ({ ...plane, data: plane.data.map(stretched) }))];
    },
  }),

  INPAINT_MaskBoundingBox: node({
    ...inpaint,
    title: 'Mask Bounding Box',
    about: 'The smallest rectangle around all of the first mask that is not 0.',
    quirk: 'A mask of zeros is refused; the original fails.',
    inputs: { mask },
    outputs: [
      ['INT', 'x'],
      ['INT', 'y'],
      ['INT', 'width'],
      ['INT', 'height'],
    ],
    async run({ mask }, call) {
      const [{ data, width }] = await floatsOf(mask.at(0), call);
      let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1];
      for (const [at, value] of data.entries()) {
        if (value === 0) continue;
        const [x, y] = [at % width, Math.floor(at / width)];
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
      if (right < 0) throw refusal(call.node, 'mask', 'a mask that is not empty', mask.toString(), 'bad-shape');
      return [left, top, right - left + 1, bottom - top + 1];
    },
  }),
};
