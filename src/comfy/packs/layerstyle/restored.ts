// LayerStyle: scales pictures and masks back to an earlier size, makes pictures of one colour, and splits a box into
// numbers.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch, MaskBatch } from '../../../index.js';
import { anything, box, combo, float, image, int, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { hexColor } from '../lib/color.js';
import type { Named } from '../lib/each.js';
import { type Filter, resized } from '../lib/filters.js';
import { filledPicture, imageOf, type Picture, picturesOf, rgb } from '../lib/pillow.js';
import { graysOf, layerUtility, masksOf, nth, sizeAs } from './common.js';

const method = combo(['lanczos', 'bicubic', 'hamming', 'bilinear', 'box', 'nearest']);
const scale = float({ default: 1, min: 0.01, max: 100, step: 0.01 });
/** The earlier size: the first two numbers of a box. */
const original = optional({ ...anything, as: 'BOX' } as const);
const outputs = [
  ['IMAGE', 'image'],
  ['MASK', 'mask'],
  ['BOX', 'original_size'],
  ['INT', 'width'],
  ['INT', 'height'],
] as const;
const SIZES = [
  ...(['1024 x 1024', '768 x 512', '512 x 768', '1280 x 720', '720 x 1280', '1344 x 768'] as const),
  ...(['768 x 1344', '1536 x 640', '640 x 1536'] as const),
] as const;
const side = int({ default: 512, min: 4, max: 99999 });
const color = string('#000000');
const named = 'A colour by a name is refused.';

type Size = readonly [width: number, height: number];

interface Given {
  readonly image: ImageBatch;
  readonly mask: MaskBatch | undefined;
  readonly method: Filter;
  readonly original_size: unknown;
}

/** Scales to the original size if it is given, else to the size from `own`. Sides are at least 4 pixels. */
async function restored({ image, mask, method, original_size }: Given, own: (from: Size) => Size, call: Named) {
  const [, rows, columns] = image.shape;
  const from = [columns, rows] as const;
  const wanted = original_size === undefined ? own(from) : sidesOf(call.node, original_size);
  const [width, height] = wanted.map((one) => Math.max(one, 4));
  const size = (one: Picture): Promise<Picture> => resized(call.node, one, width, height, call, method);
  const pictures = await picturesOf(call.node, 'image', image, call);
  const masks = mask && (await graysOf(mask, call));
  const [made, through]: [Picture[], Picture[]] = [[], []];
  for (let i = 0; i < Math.max(pictures.length, masks?.length ?? 0); i++) {
    made.push(await size(rgb(nth(pictures, i))));
    through.push(masks ? await size(nth(masks, i)) : filledPicture(width, height, [255]));
  }
  return [imageOf(call, made), masksOf(call, through), from, width, height] as const;
}

function sidesOf(node: string, given: unknown): Size {
  const [width, height]: unknown[] = Array.isArray(given) ? given : [];
  if (Number.isInteger(width) && Number.isInteger(height)) return [Number(width), Number(height)];
  throw refusal(node, 'original_size', 'two whole numbers, width and height', given);
}

const whole = (width: number, height: number): Size => [Math.trunc(width), Math.trunc(height)];

/** A size with this width, or height, in the same proportions. */
const byWidth = ([width, height]: Size, length: number): Size => [length, Math.trunc((length * height) / width)];
const byHeight = ([width, height]: Size, length: number): Size => [Math.trunc((length * width) / height), length];

const about =
  'Picture, without alpha, and mask in the size of original_size, or else scaled; white without a mask. And the size it had.';

export const nodes = {
  'LayerUtility: ImageScaleRestore': node({
    ...layerUtility,
    title: 'LayerUtility: ImageScaleRestore',
    about,
    inputs: {
      ...{ image, scale, method, scale_by_longest_side: { type: 'BOOLEAN', default: false } },
      longest_side: int({ default: 1024, min: 4, max: 999999 }),
      ...{ mask: optional(mask), original_size: original },
    },
    outputs,
    run: ({ scale, scale_by_longest_side, longest_side, ...given }, call) =>
      restored(
        given,
        (from) => {
          const [width, height] = from;
          if (!scale_by_longest_side) return whole(width * scale, height * scale);
          return width > height ? byWidth(from, longest_side) : byHeight(from, longest_side);
        },
        call,
      ),
  }),

  'LayerUtility: ImageScaleRestore V2': node({
    ...layerUtility,
    title: 'LayerUtility: ImageScaleRestore V2',
    about,
    inputs: {
      ...{ image, scale, method },
      scale_by: combo(['by_scale', 'longest', 'shortest', 'width', 'height', 'total_pixel(kilo pixel)']),
      scale_by_length: int({ default: 1024, min: 4, max: 99999999 }),
      ...{ mask: optional(mask), original_size: original },
    },
    outputs,
    run: ({ scale, scale_by, scale_by_length: length, ...given }, call) =>
      restored(
        given,
        (from) => {
          const [width, height] = from;
          if (scale_by === 'by_scale') return whole(width * scale, height * scale);
          if (scale_by === 'total_pixel(kilo pixel)') {
            const wide = Math.sqrt((width / height) * length * 1000);
            return whole(wide, wide / (width / height));
          }
          const wide = { width: true, height: false, longest: width > height, shortest: width < height }[scale_by];
          return wide ? byWidth(from, length) : byHeight(from, length);
        },
        call,
      ),
  }),

  'LayerUtility: ColorImage': node({
    ...layerUtility,
    title: 'LayerUtility: ColorImage',
    about: 'A picture of one colour.',
    quirk: named,
    inputs: { width: side, height: side, color },
    outputs: [['IMAGE', 'image']],
    run: ({ width, height, color }, call) => [
      imageOf(call, [filledPicture(width, height, hexColor(call.node, 'color', color))]),
    ],
  }),

  'LayerUtility: ColorImage V2': node({
    ...layerUtility,
    title: 'LayerUtility: ColorImage V2',
    about: 'A picture of one colour, as large as another picture or mask, or of a size with names.',
    quirk: named,
    inputs: {
      size: { ...combo(['custom', ...SIZES] as const), free: true },
      ...{ custom_width: side, custom_height: side, color, size_as: optional(anything) },
    },
    outputs: [['IMAGE', 'image']],
    run({ size, custom_width, custom_height, color, size_as }, call) {
      const found = /^\s*(\d{1,5})\s*x\s*(\d{1,5})\s*$/.exec(size);
      const own = found ? [Number(found[1]), Number(found[2])] : [custom_width, custom_height];
      const as = size_as === undefined ? undefined : sizeAs(call.node, 'size_as', size_as);
      const [width, height] = as ? [as.width, as.height] : own;
      if (width < 1 || height < 1) throw refusal(call.node, 'size', 'at least a pixel on each side', size);
      return [imageOf(call, [filledPicture(width, height, hexColor(call.node, 'color', color))])];
    },
  }),

  'LayerUtility: CropBoxResolve': node({
    ...layerUtility,
    title: 'LayerUtility: CropBoxResolve',
    about: 'The left and upper edge of a box, its width and height, in whole numbers.',
    also: ['CropBoxResolve'],
    inputs: { crop_box: box },
    outputs: [
      ['INT', 'x'],
      ['INT', 'y'],
      ['INT', 'width'],
      ['INT', 'height'],
    ],
    run({ crop_box }) {
      const [left, top, right, bottom] = crop_box.map((one) => Math.trunc(one) + 0);
      return [left, top, right - left, bottom - top];
    },
  }),

  'LayerUtility: XY to Percent': node({
    ...layerUtility,
    category: '😺dzNodes/LayerUtility/Data',
    title: 'LayerUtility: XY to Percent',
    about: 'Where the middle of a layer is on a background, its corner at x, y: in per cent of its width and height.',
    inputs: {
      ...{ background_image: image, layer_image: image },
      ...{ x: int({ default: 0, min: -99999, max: 99999 }), y: int({ default: 0, min: -99999, max: 99999 }) },
    },
    outputs: [
      ['FLOAT', 'x_percent'],
      ['FLOAT', 'y_percent'],
    ],
    run({ background_image, layer_image, x, y }) {
      const [, rows, columns] = background_image.shape;
      const [, height, width] = layer_image.shape;
      return [((x + width / 2) / columns) * 100, ((y + height / 2) / rows) * 100];
    },
  }),
};
