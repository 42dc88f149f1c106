// RMBG: masks by colour, smoothed, grown and joined.
import { refusal } from '../../../base/errors.js';
import { boolean, combo, float, image, int, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { batchOf, floatsOf, lengthOf, type Plane } from '../lib/each.js';
import { blurred } from '../lib/filters.js';
import { scipyFloats } from '../lib/gaussian.js';
import { cvSpread } from '../lib/morphology.js';
import { outlined } from '../lib/outline.js';
import { floatsOfImage } from '../lib/pictures.js';
import { gray } from '../lib/pillow.js';
import { colorOf, part, rmbg } from './common.js';

const f = Math.fround;

export const nodes = {
  AILab_ColorToMask: node({
    ...rmbg,
    category: '🧪AILab/🧽RMBG',
    title: 'Color to Mask (RMBG) 🎭',
    about: '1 where the colour is at most threshold / 255 away, 0 elsewhere, or the other way round.',
    quirk:
      'A picture of 4 channels, or with numbers below 0, is refused; the original fails. With numbers above 1 it is divided by 255, as in the original.',
    inputs: {
      images: image,
      invert: boolean(false),
      threshold: int({ default: 10, min: 0, max: 255 }),
      mask_color: string('#FFFFFF'),
    },
    outputs: [['MASK', 'MASK']],
    async run({ images, invert, threshold, mask_color }, call) {
      const [batch, height, width, channels] = images.shape;
      const { data } = await floatsOfImage(images, call);
      if (channels === 4)
        throw refusal(call.node, 'images', 'of 1 or 3 channels', `shape [${images.shape}]`, 'bad-shape');
      if (data.some((x) => x < 0)) throw refusal(call.node, 'images', 'no number below 0', 'one below 0');
      const by = data.some((x) => x > 1) ? 255 : 1;
      const color = colorOf(call.node, 'mask_color', mask_color).map((byte) => f(byte / 255));
      const [most, inside, outside] = [f(threshold / 255), invert ? 0 : 255, invert ? 255 : 0];
      const made = new Uint8Array(batch * height * width);
      for (const i of made.keys()) {
        let sum = 0;
        for (let c = 0; c < 3; c++) {
          const apart = f(f(data[i * channels + (c % channels)] / by) - color[c]);
          sum = f(sum + f(apart * apart));
        }
        made[i] = f(Math.sqrt(sum)) <= most ? inside : outside;
      }
      return [call.device.mask(made, [batch, height, width]).as('float32')];
    },
  }),

  AILab_MaskEnhancer: node({
    ...rmbg,
    title: 'Mask Enhancer (RMBG) 🎭',
    about:
      "The mask times 2 - sensitivity; made round by scipy's Gaussian, cut at 0.5 before and after it; holes filled, blurred and grown or shrunk by " +
      'squares in bytes; and the other way round.',
    inputs: {
      mask,
      sensitivity: optional(part),
      mask_blur: optional(int({ default: 0, min: 0, max: 64 })),
      mask_offset: optional(int({ default: 0, min: -64, max: 64 })),
      smooth: optional(float({ default: 0, min: 0, max: 128, step: 0.5 })),
      fill_holes: optional(boolean(false)),
      invert_output: optional(boolean(false)),
    },
    outputs: [['MASK', 'MASK']],
    async run({ mask, sensitivity, mask_blur, mask_offset, smooth, fill_holes, invert_output }, call) {
      const by = f(1 + (1 - sensitivity));
      const made: Plane[] = [];
      for (const plane of await floatsOf(mask, call)) {
        let own: Plane = { ...plane, data: plane.data.map((x) => Math.min(Math.max(f(x * by), 0), 1)) };
        if (smooth > 0) {
          const hard = { ...own, data: Float32Array.from(own.data, (x) => Number(x > 0.5)) };
          own = { ...own, data: scipyFloats(hard, smooth).map((x) => Number(x > 0.5)) };
        }
        if (fill_holes) own = whole(bytes(own));
        if (mask_blur > 0) own = await blurred(gray(bytes(own)), mask_blur, call);
        if (mask_offset !== 0) {
          const spread = cvSpread(bytes(own), mask_offset + Math.sign(mask_offset) * (Math.abs(mask_offset) + 1));
          own = { ...spread, data: Uint8Array.from(spread.data) };
        }
        made.push(own.data instanceof Uint8Array ? { ...own, data: Float32Array.from(own.data, (v) => v / 255) } : own);
      }
      const all = batchOf(call, made);
      return [invert_output ? all.invert() : all];
    },
  }),

  AILab_MaskCombiner: node({
    ...rmbg,
    title: 'Mask Combiner (RMBG) 🎭',
    about:
      'The larger of all masks, the smaller of the first two, or how far those are apart, cut to 0..1; a mask of another shape is made as large ' +
      "by Pillow's Lanczos on bytes. A mask alone as it is.",
    quirk: 'Batches that are neither one mask nor as many as the first are refused; the original fails.',
    inputs: {
      mask_1: mask,
      mode: combo(['combine', 'intersection', 'difference'], 'combine'),
      ...{ mask_2: optional(mask), mask_3: optional(mask), mask_4: optional(mask) },
    },
    outputs: [['MASK', 'MASK']],
    async run({ mask_1, mode, mask_2, mask_3, mask_4 }, call) {
      const others = [mask_2, mask_3, mask_4].flatMap((one) => one ?? []);
      if (!others.length) return [mask_1];
      const [, height, width] = mask_1.shape;
      const joined = mode === 'combine' ? others : others.slice(0, 1);
      lengthOf(call.node, 'mask_2', mask_1, ...joined);
      let made = await floatsOf(mask_1, call);
      for (const one of joined) {
        const isSame = one.shape.join() === mask_1.shape.join();
        const fit = isSame
          ? one.as('float32')
          : one.as('uint8').resize({ width, height, filter: 'lanczos' }).as('float32');
        const planes = await floatsOf(fit, call);
        const join =
          mode === 'combine'
            ? Math.max
            : mode === 'intersection'
              ? Math.min
              : (a: number, b: number) => Math.abs(f(a - b));
        made = Array.from({ length: Math.max(made.length, planes.length) }, (_, b) => {
          const [first, second] = [made[b % made.length], planes[b % planes.length]];
          return { ...first, data: first.data.map((x, i) => join(x, second.data[i])) };
        });
      }
      return [batchOf(call, made).clamp()];
    },
  }),
};

/** As bytes, truncated. Bytes stay unchanged. */
const bytes = ({ data, ...size }: Plane): Plane<Uint8Array> => ({
  ...size,
  data: data instanceof Uint8Array ? data : Uint8Array.from(data, (x) => Math.min(Math.max(f(255 * x), 0), 255)),
});

/** White inside each outermost contour. */
function whole(plane: Plane<Uint8Array>): Plane<Uint8Array> {
  const { width } = plane;
  const parts = outlined(plane);
  const data = new Uint8Array(plane.data.length);
  for (const { box, inside } of parts) {
    for (let y = box[1]; y < box[3]; y++) {
      for (let x = box[0]; x < box[2]; x++) if (inside(x, y)) data[y * width + x] = 255;
    }
  }
  return { ...plane, data };
}
