// KJNodes: grows, blurs, moves and resizes masks.
import { type Device, MaskBatch as Mask, type MaskBatch } from '../../../index.js';
import { boolean, combo, float, int, MAX, mask } from '../../inputs.js';
import { node } from '../../node.js';
import { type Around, batchOf, floatsOf } from '../lib/each.js';
import { checkSide, halfEven } from '../lib/numbers.js';
import { turned } from '../lib/turn.js';
import { METHODS, upscaled } from '../lib/upscale.js';
import { both, kj } from './common.js';

const part = float({ default: 1, min: 0, max: 1, step: 0.01 });
const length = int({ default: 512, min: 0, max: MAX });
const shift = int({ default: 0, min: -4096, max: MAX });
const f = Math.fround;

export const grown = {
  GrowMaskWithBlur: node({
    ...kj,
    title: 'Grow Mask With Blur',
    about:
      'Each mask of the batch grown by expand, a diamond or a square, by incremental_expandrate further from mask to mask (rounded half to even); ' +
      "holes filled (all above 0 becomes 1); mixed with the mask before it by lerp_alpha and decay_factor; blurred in bytes as Pillow's GaussianBlur.",
    quirk:
      'With a decay_factor, a mask of zeros after zeros divides 0 by 0: NaN, as in the original. Of files of 2023 use_cuda and sigma are left out.',
    older: (row) => (row.length === 9 && typeof row[4] === 'boolean' ? row.filter((_, i) => i !== 4 && i !== 6) : row),
    inputs: {
      mask,
      expand: int({ default: 0, min: -MAX, max: MAX }),
      incremental_expandrate: float({ default: 0, min: 0, max: 100, step: 0.1 }),
      tapered_corners: boolean(true),
      flip_input: boolean(false),
      blur_radius: float({ default: 0, min: 0, max: 100, step: 0.1 }),
      lerp_alpha: part,
      decay_factor: part,
      fill_holes: { ...boolean(false), optional: true },
    },
    outputs: both,
    async run({ mask, expand, incremental_expandrate: rate, tapered_corners, flip_input, ...more }, call) {
      const given = flip_input ? mask.as('float32').invert() : mask.as('float32');
      const shape = tapered_corners ? 'diamond' : 'square';
      const all = Array.from({ length: mask.shape[0] }, (_, b) => {
        const reach = halfEven(expand < 0 ? expand - b * rate : expand + b * rate);
        // beyond twice the longer side nothing changes any more
        const limit = Math.max(mask.shape[1], mask.shape[2]) * 2;
        const large = given.at(b).grow({ expand: Math.min(Math.max(reach, -limit), limit), shape });
        return more.fill_holes ? large.threshold({ value: 0 }).fillHoles() : large;
      });
      const mixed = await lingering(Mask.cat(all), more.lerp_alpha, more.decay_factor, call);
      const made = more.blur_radius ? mixed.as('uint8').blur({ radius: more.blur_radius }).as('float32') : mixed;
      return [made, made.invert()];
    },
  }),

  OffsetMask: node({
    ...kj,
    title: 'Offset Mask',
    about:
      'duplication_factor times the batch, turned counter-clockwise by angle and moved by x and y, at most to the last column and row; with ' +
      'incremental, (i + 1) times as far. With roll what leaves comes in on the other side.',
    quirk:
      'Without roll, the padding modes border and reflection do not move the mask, and an angle below 0 turns only with incremental: as there. ' +
      'A move beyond the left or the upper edge gives zeros; the original fails.',
    inputs: {
      mask,
      ...{ x: shift, y: shift, angle: int({ default: 0, min: -360, max: 360 }) },
      ...{
        duplication_factor: int({ default: 1, min: 1, max: 1000 }),
        roll: boolean(false),
        incremental: boolean(false),
      },
      padding_mode: combo(['empty', 'border', 'reflection']),
    },
    outputs: [['MASK', 'mask']],
    async run({ mask, x, y, angle, duplication_factor, roll, incremental, padding_mode }, call) {
      const all = Mask.cat(Array.from({ length: duplication_factor }, () => mask.as('float32')));
      const [batch, height, width] = all.shape;
      const times = (b: number): number => (incremental ? b + 1 : 1);
      const turning = angle > 0 || (angle < 0 && incremental);
      const laid = turning ? turned(await floatsOf(all, call), (b) => angle * times(b)) : undefined;
      const from = laid ? batchOf(call, laid) : all;
      if (!roll && padding_mode !== 'empty') return [from];
      const place = (by: number, side: number): number => {
        const whole = Math.min(by, side - 1);
        return roll ? ((whole % side) + side) % side : Math.max(whole, -side);
      };
      const moved = Array.from({ length: batch }, (_, b) =>
        from.at(b).offset({ x: place(x * times(b), width), y: place(y * times(b), height), wrap: roll }),
      );
      return [Mask.cat(moved)];
    },
  }),

  ResizeMask: node({
    ...kj,
    title: 'Resize Mask',
    about:
      "This size, by torch's interpolate or Pillow's Lanczos on bytes; with keep_proportions the largest that fits into it. With crop center " +
      'what is too wide or too high is cut first.',
    quirk: 'A side of 0 is refused unless the proportions give it; the original fails.',
    inputs: {
      mask,
      ...{ width: length, height: length, keep_proportions: boolean(false) },
      ...{ upscale_method: combo(METHODS), crop: combo(['disabled', 'center']) },
    },
    outputs: [
      ['MASK', 'mask'],
      ['INT', 'width'],
      ['INT', 'height'],
    ],
    async run({ mask, width, height, keep_proportions, upscale_method, crop }, call) {
      const [, rows, columns] = mask.shape;
      const ratio = Math.min((width || columns) / columns, (height || rows) / rows);
      const kept = { width: halfEven(columns * ratio), height: halfEven(rows * ratio) };
      const size = keep_proportions ? kept : { width, height };
      checkSide(call.node, 'width', size.width);
      checkSide(call.node, 'height', size.height);
      return [await upscaled(mask, size, upscale_method, call, crop), size.width, size.height];
    },
  }),
};

/** Mixes each mask with the one before it by `alpha`, then adds `decay` of that one and divides by the maximum. */
async function lingering(mask: MaskBatch, alpha: number, decay: number, call: Around & { device: Device }) {
  if (alpha === 1 && decay === 1) return mask;
  const all = await floatsOf(mask, call);
  let last: Float32Array | undefined;
  const made = all.map(({ data, width, height }) => {
    const to = Float32Array.from(data);
    if (last && alpha < 1) for (const i of to.keys()) to[i] = f(f(alpha) * to[i]) + f(f(1 - alpha) * last[i]);
    if (last && decay < 1) {
      for (const i of to.keys()) to[i] += f(f(decay) * last[i]);
      const most = to.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
      for (const i of to.keys()) to[i] /= most;
    }
    last = to;
    return { data: to, width, height };
  });
  return batchOf(call, made);
}
