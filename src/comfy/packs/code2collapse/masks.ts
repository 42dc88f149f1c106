// Code2Collapse: masks computed, joined, and made from boxes, in torch's floats. Its later versions dropped most of
// these nodes.

import { refusal } from '../../../base/errors.js';
import { walked } from '../../../base/pause.js';
import type { MaskBatch } from '../../../index.js';
import { boolean, combo, float, image, int, MAX, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import type { Box } from '../../sockets.js';
import { type Around, batchOf, floatsOf, lengthOf, type Plane } from '../lib/each.js';
import { halfEven } from '../lib/numbers.js';

const f = Math.fround;
const module = 'custom_nodes.ComfyUI-CustomNodePacks';
const clamped = (x: number, least = 0, most = 1): number => Math.min(Math.max(x, least), most);
const number = (fallback: number) => float({ default: fallback, min: -100, max: 100, step: 0.01 });
const pixels = int({ default: 0, min: -4096, max: 4096 });
const side = int({ default: 512, min: 1, max: MAX });
const bbox = { type: 'BBOX' } as const;
type Floats = Plane<Float32Array>;
/** How many pixels are examined between two steps. */
const STRIDE = 2 ** 12;

const each = async (mask: MaskBatch, call: Around, make: (x: number) => number): Promise<[MaskBatch]> => [
  batchOf(
    call,
    (await floatsOf(mask, call)).map((plane) => ({ ...plane, data: plane.data.map((x) => clamped(make(x))) })),
  ),
];

/** Pixels of at least `most` and, step by step, their neighbours of at least `least`. */
function* grownInto({ data, width, height }: Floats, least: number, most: number): Generator<void, Floats> {
  const steps = Math.max(1, Math.min(500, Math.trunc(Math.max(width, height) * 0.1)));
  const found = data.map((x) => Number(x >= f(most)));
  let last: number[] = [];
  for (let at = 0; at < found.length; at++) if (found[at]) last.push(at);
  for (let i = 0; i < steps && last.length; i++) {
    const next: number[] = [];
    for (const [k, at] of last.entries()) {
      if (k % STRIDE === 0) yield;
      const [column, row] = [at % width, Math.floor(at / width)];
      for (let y = Math.max(row - 1, 0); y <= Math.min(row + 1, height - 1); y++) {
        for (let x = Math.max(column - 1, 0); x <= Math.min(column + 1, width - 1); x++) {
          const beside = y * width + x;
          if (found[beside] || data[beside] < f(least)) continue;
          found[beside] = 1;
          next.push(beside);
        }
      }
    }
    last = next;
  }
  return { data: found.map((v, at) => (data[at] < f(least) ? 0 : v)), width, height };
}

/** One box in integer pixels. */
function boxOf(node: string, boxes: readonly Box[]): Box {
  const [first] = boxes;
  if (!first) throw refusal(node, 'bbox', 'a box: left, top, width and height', boxes);
  return [Math.trunc(first[0]), Math.trunc(first[1]), Math.trunc(first[2]), Math.trunc(first[3])];
}

export const nodes = {
  MaskMath: node({
    module,
    category: 'MaskEditControl/Math',
    title: 'Mask Math',
    about:
      'So much more, so many times, to a power, 1 - x, within two values, stretched from between them, in so many levels, what is light and what of the less light touches it step by step, ' +
      'a gamma, a contrast about a value, or how far from a value; clamped to 0..1.',
    inputs: {
      mask,
      operation: combo(
        [
          ...(['add_scalar', 'multiply_scalar', 'power', 'invert', 'clamp', 'remap_range', 'quantize'] as const),
          ...(['threshold_hysteresis', 'gamma', 'contrast', 'abs_diff_from_value'] as const),
        ],
        'invert',
      ),
      ...{ value_a: number(0), value_b: number(1) },
    },
    outputs: [['MASK', 'MASK']],
    async run({ mask, operation, value_a: a, value_b: b }, call) {
      if (operation === 'threshold_hysteresis') {
        const grown: Floats[] = [];
        for (const plane of await floatsOf(mask, call)) grown.push(await walked(grownInto(plane, a, b), call.signal));
        return [batchOf(call, grown)];
      }
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const levels = Math.max(2, Math.trunc(a)) - 1;
      const make = {
        add_scalar: (x: number) => x + f(a),
        multiply_scalar: (x: number) => x * f(a),
        power: (x: number) => clamped(x) ** Math.max(0.01, a),
        invert: (x: number) => 1 - x,
        clamp: (x: number) => Math.min(Math.max(x, f(a)), f(b)),
        remap_range: (x: number) => (high - low > 1e-6 ? f(x - f(low)) / f(high - low) : x),
        quantize: (x: number) => halfEven(f(x * levels)) / levels,
        gamma: (x: number) => clamped(x) ** (1 / Math.max(0.01, a)),
        contrast: (x: number) => f(f(x - f(b)) * f(a)) + f(b),
        abs_diff_from_value: (x: number) => Math.abs(f(x - f(a))),
      }[operation];
      return each(mask, call, (x) => f(make(x)));
    },
  }),

  MaskCompositeAdvanced: node({
    module,
    category: 'MaskEditControl/Composite',
    title: 'Mask Composite Advanced',
    about:
      'Two masks, each inverted if asked, the second made as large as the first, bilinear: the larger or smaller value, a difference, what only one has, or a mix; above 0 the threshold makes it 0 or 1.',
    quirk: 'Batches of other lengths than 1 or the same are refused; the original fails.',
    inputs: {
      ...{ mask_a: mask, mask_b: mask },
      operation: combo(['union', 'intersect', 'subtract', 'xor', 'blend', 'min', 'max', 'difference'], 'union'),
      blend_factor: float({ default: 0.5, min: 0, max: 1, step: 0.01 }),
      ...{ invert_a: boolean(false), invert_b: boolean(false) },
      threshold: float({ default: 0, min: 0, max: 1, step: 0.01 }),
    },
    outputs: [['MASK', 'MASK']],
    async run({ mask_a, mask_b, operation, blend_factor, invert_a, invert_b, threshold }, call) {
      const [, height, width] = mask_a.shape;
      const batch = lengthOf(call.node, 'mask_b', mask_a, mask_b);
      const fits = mask_b.shape[1] === height && mask_b.shape[2] === width;
      const second = fits ? mask_b : mask_b.as('float32').interpolate({ width, height });
      const [first, other] = await Promise.all([floatsOf(mask_a, call), floatsOf(second, call)]);
      const [less, more] = [f(1 - blend_factor), f(blend_factor)];
      const join = {
        union: Math.max,
        max: Math.max,
        intersect: Math.min,
        min: Math.min,
        subtract: (a: number, b: number) => a - b,
        xor: (a: number, b: number) => Number(a > 0.5 !== b > 0.5),
        blend: (a: number, b: number) => f(a * less) + f(b * more),
        difference: (a: number, b: number) => Math.abs(f(a - b)),
      }[operation];
      const made = Array.from({ length: batch }, (_, i) => {
        const [a, b] = [first, other].map((all) => all[all.length === 1 ? 0 : i].data);
        const data = a.map((x, at) => {
          const [one, two] = [invert_a ? f(1 - x) : x, invert_b ? f(1 - b[at]) : b[at]];
          const value = f(join(one, two));
          return threshold > 0 ? Number(value >= f(threshold)) : clamped(value);
        });
        return { data, width, height };
      });
      return [batchOf(call, made)];
    },
  }),

  BBoxToMask: node({
    module,
    category: 'MaskEditControl/BBox',
    title: 'BBox To Mask',
    about: 'A mask of this size, or of the size of a picture, with 1 in the box.',
    inputs: { bbox, image_width: side, image_height: side, reference_image: optional(image) },
    outputs: [['MASK', 'MASK']],
    run({ bbox, image_width, image_height, reference_image }, { device, node }) {
      const [x, y, w, h] = boxOf(node, bbox);
      const [, height, width] = reference_image?.shape ?? [1, image_height, image_width];
      const data = new Float32Array(width * height);
      const right = Math.min(width, x + w);
      for (let row = Math.max(0, y); row < Math.min(height, y + h); row++) {
        if (right > Math.max(0, x)) data.fill(1, row * width + Math.max(0, x), row * width + right);
      }
      return [device.mask(data, [1, height, width])];
    },
  }),

  BBoxPad: node({
    module,
    category: 'MaskEditControl/BBox',
    title: 'BBox Pad',
    about: 'The box with so much more on each side, within a picture of this size; and as a text.',
    inputs: {
      bbox,
      ...{ pad_left: pixels, pad_right: pixels, pad_top: pixels, pad_bottom: pixels },
      ...{ image_width: side, image_height: side },
    },
    outputs: [
      ['BBOX', 'bbox'],
      ['STRING', 'bbox_str'],
    ],
    run({ bbox, pad_left, pad_right, pad_top, pad_bottom, image_width, image_height }, { node }) {
      const [x, y, w, h] = boxOf(node, bbox);
      const [left, top] = [Math.max(0, x - pad_left), Math.max(0, y - pad_top)];
      const [right, bottom] = [Math.min(image_width, x + w + pad_right), Math.min(image_height, y + h + pad_bottom)];
      const made = [left, top, Math.max(0, right - left), Math.max(0, bottom - top)];
      return [made, `[${made.join(', ')}]`];
    },
  }),

  BBoxCrop: node({
    module,
    category: 'MaskEditControl/BBox',
    title: 'BBox Crop',
    about:
      'What lies in the box of the picture and of the mask, which is made as large, bilinear, or 1; and the box within the picture. An empty one becomes the first pixel.',
    inputs: { image, bbox, mask: optional(mask) },
    outputs: [
      ['IMAGE', 'cropped_image'],
      ['MASK', 'cropped_mask'],
      ['BBOX', 'bbox'],
    ],
    run({ image, bbox, mask }, { device, node }) {
      const [x, y, w, h] = boxOf(node, bbox);
      const [batch, rows, columns] = image.shape;
      let [left, top] = [Math.max(0, x), Math.max(0, y)];
      let [width, height] = [Math.min(columns, x + w) - left, Math.min(rows, y + h) - top];
      if (width <= 0 || height <= 0) [left, top, width, height] = [0, 0, 1, 1];
      const part = { x: left, y: top, width, height };
      const ones = () => device.mask(new Float32Array(batch * width * height).fill(1), [batch, height, width]);
      const fits = mask?.shape[1] === rows && mask.shape[2] === columns;
      const own = fits ? mask : mask?.as('float32').interpolate({ width: columns, height: rows });
      return [image.crop(part), own ? own.crop(part) : ones(), [left, top, width, height]];
    },
  }),
};
