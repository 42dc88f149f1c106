// masquerade: operations on masks and pictures, by number or by neighbourhood.
import { refusal } from '../../../base/errors.js';
import { BLOCKED } from '../../evaluate.js';
import { combo, float, image, int, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { halfEven } from '../lib/numbers.js';
import { empty, type Floats, floatsOfImage, imageOfFloats } from '../lib/pictures.js';
import { asImage, asMask, asRgb, asRgba, BIG, common, each, joined, masquerade, slice, through } from './channels.js';

const f = Math.fround;
const unary = combo(['invert', 'average', 'round', 'clamp', 'abs']);
const clamp = (x: number): number => Math.min(Math.max(x, 0), 1);
const pixels = (fallback: number) => float({ default: fallback, min: 0, max: BIG, step: 1 });
const side = { ...int({ default: 512, min: 64, max: BIG, step: 64 }), takes: [1, BIG] } as const;
const explicit = int({ default: 0, min: 0, max: BIG });

function done(picture: Floats, op: 'invert' | 'average' | 'round' | 'clamp' | 'abs'): Floats {
  if (op === 'average') return averaged(picture);
  const ops = { invert: (x: number) => 1 - x, round: halfEven, clamp, abs: Math.abs };
  return { ...picture, data: picture.data.map(ops[op]) };
}

/** The mean over the means of rows. */
function averaged({ data, shape }: Floats): Floats {
  const [batch, height, width, channels] = shape;
  const made = empty(shape);
  for (let b = 0; b < batch; b++) {
    for (let c = 0; c < channels; c++) {
      let total = 0;
      for (let y = 0; y < height; y++) {
        let row = 0;
        for (let x = 0; x < width; x++) row += data[((b * height + y) * width + x) * channels + c];
        total += f(row / width);
      }
      for (let i = 0; i < height * width; i++) made.data[(b * height * width + i) * channels + c] = total / height;
    }
  }
  return made;
}

/** The greatest value in a square. Places beyond the edge do not count. */
function dilated({ data, shape }: Floats, distance: number): Floats {
  const [batch, height, width] = shape;
  const across = empty(shape);
  const made = empty(shape);
  const line = (from: Float32Array, to: Float32Array, start: number, length: number, step: number): void => {
    for (let i = 0; i < length; i++) {
      let most = Number.NEGATIVE_INFINITY;
      for (let k = Math.max(i - distance, 0); k <= Math.min(i + distance, length - 1); k++) {
        most = Math.max(most, from[start + k * step]);
      }
      to[start + i * step] = most;
    }
  };
  for (let row = 0; row < batch * height; row++) line(data, across.data, row * width, width, 1);
  for (let b = 0; b < batch; b++) {
    for (let x = 0; x < width; x++) line(across.data, made.data, b * height * width + x, height, width);
  }
  return made;
}

const eroded = (mask: Floats, distance: number): Floats => done(dilated(done(mask, 'invert'), distance), 'invert');

const combinations = {
  'union (max)': Math.max,
  'intersection (min)': Math.min,
  difference: (a: number, b: number) => a - b,
  multiply: (a: number, b: number) => a * b,
  add: (a: number, b: number) => a + b,
  greater_or_equal: (a: number, b: number) => (a >= b ? 1 : 0),
  greater: (a: number, b: number) => (a > b ? 1 : 0),
};

export const masks = {
  'Mask Morphology': node({
    ...masquerade,
    title: 'Mask Morphology',
    about: 'The mask grown or shrunk by a square, or both one after the other.',
    inputs: {
      image,
      distance: int({ default: 5, min: 0, max: 128 }),
      op: combo(['dilate', 'erode', 'open', 'close']),
    },
    outputs: asImage,
    run: ({ image, distance, op }, call) =>
      through(image, call, (picture) => {
        const mask = asMask(picture);
        if (op === 'dilate') return dilated(mask, distance);
        if (op === 'erode') return eroded(mask, distance);
        return op === 'open' ? dilated(eroded(mask, distance), distance) : eroded(dilated(mask, distance), distance);
      }),
  }),

  'Combine Masks': node({
    ...masquerade,
    title: 'Combine Masks',
    about:
      'Two masks or pictures joined number by number, with as many channels as the one with more has; clamped and rounded if asked.',
    quirk: 'Batches must divide one another; the original fails for others.',
    inputs: {
      image1: image,
      image2: image,
      op: combo([
        ...['union (max)', 'intersection (min)', 'difference', 'multiply', 'multiply_alpha', 'add'],
        ...['greater_or_equal', 'greater'],
      ] as (keyof typeof combinations | 'multiply_alpha')[]),
      clamp_result: combo(['yes', 'no']),
      round_result: combo(['no', 'yes']),
    },
    outputs: asImage,
    async run({ image1, image2, op, clamp_result, round_result }, call) {
      const given = [await floatsOfImage(image1, call), await floatsOfImage(image2, call)] as const;
      const [one, two] = common(call.node, 'image2', ...given);
      const made =
        op === 'multiply_alpha'
          ? joined([asRgba(one), alphas(asMask(two))], (a, b) => a * b)
          : joined([one, two], combinations[op]);
      const clamped = clamp_result === 'yes' ? done(made, 'clamp') : made;
      return [imageOfFloats(call.device, round_result === 'yes' ? done(clamped, 'round') : clamped)];
    },
  }),

  'Unary Mask Op': node({
    ...masquerade,
    title: 'Unary Mask Op',
    about: 'The mask inverted, averaged, rounded half to even, clamped to 0..1 or without its signs.',
    inputs: { image, op: unary },
    outputs: asImage,
    run: ({ image, op }, call) => through(image, call, (picture) => done(asMask(picture), op)),
  }),

  'Unary Image Op': node({
    ...masquerade,
    title: 'Unary Image Op',
    about:
      'Each channel inverted, averaged, rounded half to even, clamped to 0..1 or without its signs; without alpha.',
    inputs: { image, op: unary },
    outputs: asImage,
    run: ({ image, op }, call) => through(image, call, (picture) => done(asRgb(picture), op)),
  }),

  'Image To Mask': node({
    ...masquerade,
    title: 'Image To Mask',
    about: "torchvision's gray of the picture, as a mask.",
    quirk: 'alpha gives red, as it does there.',
    inputs: { image, method: combo(['intensity', 'alpha']) },
    outputs: [['MASK', 'MASK']],
    async run({ image, method }, call) {
      const picture = await floatsOfImage(image, call);
      const gray = picture.shape[3] === 1 ? picture : asMask(asRgb(picture));
      const { data, shape } = method === 'alpha' ? each(picture, 1, red) : gray;
      return [call.device.mask(data, shape.slice(0, 3))];
    },
  }),

  'Constant Mask': node({
    ...masquerade,
    title: 'Constant Mask',
    about: 'One value everywhere, as large as the picture given or in this size; 16 x 16 where a side is 0.',
    inputs: {
      value: float({ default: 0, min: -8, max: 8, step: 0.01 }),
      explicit_height: explicit,
      explicit_width: explicit,
      copy_image_size: optional(image),
    },
    outputs: asImage,
    run({ value, explicit_height, explicit_width, copy_image_size }, { device }) {
      const tiny = !copy_image_size && (explicit_height === 0 || explicit_width === 0);
      const height = copy_image_size?.shape[1] ?? (tiny ? 16 : explicit_height);
      const width = copy_image_size?.shape[2] ?? (tiny ? 16 : explicit_width);
      return [imageOfFloats(device, empty([1, height, width, 1], value))];
    },
  }),

  'Create Rect Mask': node({
    ...masquerade,
    title: 'Create Rect Mask',
    about:
      'A rectangle in pixels or percent from a corner, its last row and column included, as large as the picture given or in this size.',
    quirk: 'What lies beyond the other edge is counted from the end, as Python slices.',
    inputs: {
      mode: combo(['percent', 'pixels']),
      origin: combo(['topleft', 'bottomleft', 'topright', 'bottomright']),
      ...{ x: pixels(0), y: pixels(0), width: pixels(50), height: pixels(50) },
      ...{ image_width: side, image_height: side, copy_image_size: optional(image) },
    },
    outputs: asImage,
    run({ mode, origin, x, y, width, height, image_width, image_height, copy_image_size }, { device }) {
      const [, rows, columns] = copy_image_size?.shape ?? [1, image_height, image_width];
      const place = (from: number, size: number, length: number, turned: boolean): [number, number] => {
        const scaled = (at: number): number => (mode === 'percent' ? (at / 100) * length : at);
        const [low, high] = [scaled(from), scaled(from + size)];
        const [first, last] = turned ? [length - high, length - low] : [low, high];
        return slice(first, Math.trunc(last) + 1, length);
      };
      const [top, bottom] = place(y, height, rows, origin.startsWith('bottom'));
      const [left, right] = place(x, width, columns, origin.endsWith('right'));
      const made = empty([1, rows, columns, 1]);
      for (let row = top; row < bottom && left < right; row++)
        made.data.fill(1, row * columns + left, row * columns + right);
      return [imageOfFloats(device, made)];
    },
  }),

  'Prune By Mask': node({
    ...masquerade,
    title: 'Prune By Mask',
    about: 'The pictures whose masks are at least 0.5 in the mean.',
    quirk: 'Where none is left, what reads it does not run; the original gives an empty batch.',
    inputs: { image, mask: image },
    outputs: asImage,
    async run({ image, mask }, call) {
      const { data, shape } = averaged(asMask(await floatsOfImage(mask, call)));
      const picture = await floatsOfImage(image, call);
      const [batch, height, width, channels] = picture.shape;
      if (shape[0] !== batch) throw refusal(call.node, 'mask', `${batch} masks`, shape[0], 'bad-shape');
      const size = height * width * channels;
      const kept = Array.from({ length: batch }, (_, b) => b).filter((b) => f(data[b * shape[1] * shape[2]]) >= 0.5);
      if (!kept.length) return [BLOCKED];
      const made = empty([kept.length, height, width, channels]);
      for (const [to, b] of kept.entries()) made.data.set(picture.data.subarray(b * size, (b + 1) * size), to * size);
      return [imageOfFloats(call.device, made)];
    },
  }),
};

const red = (from: Float32Array, at: number, to: Float32Array, place: number): void => {
  to[place] = from[at];
};

/** A picture of four channels with the mask as alpha and 1 in the others. */
const alphas = (mask: Floats): Floats =>
  each(mask, 4, (from, at, to, place) => {
    to.fill(1, place, place + 3);
    to[place + 3] = from[at];
  });
