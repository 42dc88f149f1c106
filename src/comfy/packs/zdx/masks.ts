// zdx: filled boxes of masks, soft edges, and pictures of one colour.
import { type ImageBatch, MaskBatch as Mask, type MaskBatch } from '../../../index.js';
import { boolean, float, image, int, mask, string } from '../../inputs.js';
import { node } from '../../node.js';
import { batchOf, floatsOf, type Named } from '../lib/each.js';
import { linspace } from '../lib/linspace.js';
import { floatsOfImage, imageOfFloats } from '../lib/pictures.js';
import { boxOf, zdx } from './common.js';

const f = Math.fround;
const ofMasks = { ...zdx, category: 'zdx/mask' };
const ofPictures = { ...zdx, category: 'zdx/image' };
const part = float({ default: 0.2, min: 0, max: 1, step: 0.01 });
const share = float({ default: 1, min: 0, max: 1, step: 0.01 });

/** Three comma-separated numbers as floats. Anything else is black. */
function inkOf(text: string): readonly number[] {
  const all = text.split(',').map((one) => (/^\s*[+-]?\d+\s*$/.test(one) ? Number(one) : Number.NaN));
  const whole = all.length >= 3 && !all.some(Number.isNaN);
  return (whole ? all.slice(0, 3) : [0, 0, 0]).map((v) => f(v / 255));
}

/** Ones with a ramp up at the start and one down at the end. Where they overlap, the ramp down wins. */
function faded(length: number, fade: number): Float32Array {
  const made = new Float32Array(length).fill(1);
  if (fade < 1) return made;
  made.set(linspace(0, 1, fade));
  made.set(linspace(1, 0, fade), length - fade);
  return made;
}

function blank(image: ImageBatch, count: number, ink: readonly number[], { device }: Named): ImageBatch {
  const [, height, width] = image.shape;
  const data = Float32Array.from({ length: count * height * width * 3 }, (_, i) => ink[i % 3]);
  return device.image(data, [count, height, width, 3]);
}

export const nodes = {
  MaskSolidArea: node({
    ...ofMasks,
    title: 'MaskSolidArea',
    about:
      'The box of the first mask, enlarged by parts of itself, white with linear edges; or with is_full_area the whole mask so.',
    quirk:
      'An empty mask is returned unchanged. radius changes nothing, as in the original. Files of an older version have radius and is_full_area alone.',
    older: (row) => (row.length === 2 && typeof row[1] === 'boolean' ? [row[0], 0.2, 0.2, 0.2, 0.2, row[1]] : row),
    inputs: {
      ...{ mask, radius: int({ default: 0, min: 0, max: 100 }) },
      ...{ up_ratio: part, down_ratio: part, horizontal_ratio: part, fade_ratio: part, is_full_area: boolean(false) },
    },
    outputs: [['MASK', 'MASKS']],
    async run({ mask, up_ratio, down_ratio, horizontal_ratio, fade_ratio, is_full_area }, call) {
      const box = await boxOf(mask, call);
      if (!box) return [mask];
      const [batch, height, width] = mask.shape;
      const [w, h] = [box[2] - box[0], box[3] - box[1]];
      const left = Math.trunc(box[0] - w * horizontal_ratio);
      const top = Math.trunc(box[1] - h * up_ratio);
      const right = Math.trunc(box[2] + w * horizontal_ratio);
      const bottom = Math.trunc(box[3] + h * down_ratio);
      const [x0, y0, x1, y1] = is_full_area ? [0, 0, width, height] : [left, top, right, bottom];
      const across = faded(x1 - x0, Math.min(Math.trunc((x1 - x0) * fade_ratio), x1 - x0));
      const down = faded(y1 - y0, Math.min(Math.trunc((y1 - y0) * fade_ratio), y1 - y0));
      const data = new Float32Array(width * height);
      for (let y = Math.max(y0, 0); y < Math.min(y1, height); y++) {
        for (let x = Math.max(x0, 0); x < Math.min(x1, width); x++) data[y * width + x] = down[y - y0] * across[x - x0];
      }
      return [batchOf(call, new Array(batch).fill({ data, width, height }))];
    },
  }),

  GrowMaskEdgeBlur: node({
    ...ofMasks,
    title: 'GrowMaskEdgeBlur',
    about: 'Like GrowMaskWithBlur, but blurs only outside the mask: the mask itself stays as light as it was.',
    quirk: 'fill_holes gives 1; the original 255 times as much, which a blur cuts to 1.',
    inputs: {
      mask,
      expand: int({ default: 0, min: -2048, max: 2048 }),
      incremental_expandrate: float({ default: 0, min: 0, max: 100, step: 0.1 }),
      ...{ tapered_corners: boolean(true), flip_input: boolean(false) },
      blur_radius: float({ default: 0, min: 0, max: 100, step: 0.1 }),
      ...{ lerp_alpha: share, decay_factor: share, fill_holes: { ...boolean(false), optional: true } },
    },
    outputs: [
      ['MASK', 'mask'],
      ['MASK', 'mask_inverted'],
    ],
    async run({ blur_radius, ...given }, call) {
      const { nodes: kj } = await import('../kjnodes/index.js');
      const [large] = await kj.GrowMaskWithBlur.run({ ...given, blur_radius: 0 }, call);
      if (!blur_radius) return [large, (large as MaskBatch).invert()];
      const soft = (large as MaskBatch).as('uint8').blur({ radius: blur_radius }).as('float32');
      const own = await floatsOf(given.mask.as('float32'), call);
      const made = (await floatsOf(soft, call)).map(({ data, width, height }, b) => {
        const under = own[b].data;
        const mixed = data.map((v, i) => Math.min(f(Math.max(f(v - under[i]), 0) + under[i]), 1));
        return { data: mixed.map((v) => Math.max(v, 0)), width, height };
      });
      const mask = batchOf(call, made);
      return [mask, mask.invert()];
    },
  }),

  EmptyImagePro: node({
    ...ofPictures,
    title: 'EmptyImagePro',
    about:
      'Pictures of one colour, three numbers with commas between them, as large as another; and their gray as a mask.',
    quirk: 'Anything but three whole numbers is black, as in the original.',
    inputs: { image, batch_size: int({ default: 1, min: 1, max: 4096 }), color: string('0,0,0') },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
    ],
    run({ image, batch_size, color }, call) {
      const ink = inkOf(color);
      const [, height, width] = image.shape;
      const gray = GRAY;
      const value = f(f(f(ink[0] * gray[0]) + f(ink[1] * gray[1])) + f(ink[2] * gray[2]));
      const one = call.device.mask(new Float32Array(height * width).fill(value), [1, height, width]);
      return [blank(image, batch_size, ink, call), Mask.cat(Array.from({ length: batch_size }, () => one))];
    },
  }),

  MaskAreaReColor: node({
    ...ofPictures,
    title: 'MaskAreaReColor',
    about: 'A colour on the picture where the mask is, or with invert_mask where it is not.',
    quirk: 'Masks are as many as pictures, or one.',
    inputs: { image, mask, color: string('0,0,0'), invert_mask: boolean(true) },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image, mask, color, invert_mask }, call) {
      const ink = inkOf(color);
      const { data, shape } = await floatsOfImage(image, call);
      const own = await floatsOf(mask.as('float32'), call);
      const size = shape[1] * shape[2] * 3;
      const made = data.map((v, i) => {
        const share = own[Math.min(Math.floor(i / size), own.length - 1)].data[Math.floor((i % size) / 3)];
        const m = invert_mask ? f(1 - share) : share;
        return f(v * f(1 - m)) + f(ink[i % 3] * m);
      });
      return [imageOfFloats(call.device, { data: made, shape })];
    },
  }),
};

/** The weights of red, green and blue in gray. */
const GRAY = [0.2989, 0.587, 0.114].map(f);
