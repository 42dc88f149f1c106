// In-Context-Lora: two pictures side by side with a mask of what to generate, and LayerStyle's similar nodes.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch, MaskBatch } from '../../../index.js';
import { anything, combo, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { cvCubicFloats, cvNearestExact } from '../lib/cvFloats.js';
import { checkOne, type Named } from '../lib/each.js';
import {
  empty,
  type Floats,
  floatsOfImage,
  floatsOfMask,
  imageOfFloats,
  joined,
  maskOfFloats,
  moved,
  placed,
} from '../lib/pictures.js';

const f = Math.fround;
const WAYS = ['auto', 'patch_right', 'patch_bottom'] as const;
type Way = (typeof WAYS)[number];
const COLORS = ['#FF0000', '#00FF00', '#0000FF', '#FFFFFF'] as const;
const length = int({ default: 1536, min: 0, max: 2048 });
const more = { first_mask: optional(mask), second_image: optional(image), second_mask: optional(mask) };
const inputs = (color: (typeof COLORS)[number]) =>
  ({
    ...{ first_image: image, patch_mode: combo(WAYS), output_length: length, patch_color: combo(COLORS, color) },
    ...more,
  }) as const;

interface Pair {
  readonly image: Floats;
  readonly mask: Floats;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Target extends Size {
  readonly way: Way;
}

interface Given {
  readonly first_image: ImageBatch;
  readonly first_mask: MaskBatch | undefined;
  readonly second_image: ImageBatch | undefined;
  readonly second_mask: MaskBatch | undefined;
  readonly patch_mode: Way;
  readonly output_length: number;
  readonly patch_color: (typeof COLORS)[number];
}

type Fit = (pair: Pair, target: Target) => Pair;

function targetOf([, rows, columns]: readonly number[], whole: number, mode: Way): Target {
  const [long, half] = [Math.trunc((whole / 3) * 2), Math.trunc(whole / 2)];
  const way = mode === 'auto' ? (columns > rows ? 'patch_bottom' : 'patch_right') : mode;
  return way === 'patch_bottom' ? { width: long, height: half, way } : { width: half, height: long, way };
}

/** Centred on a canvas of one value. */
function laid(one: Floats, { width, height }: Size, value: number): Floats {
  const [, rows, columns] = one.shape;
  const [x, y] = [Math.floor((width - columns) / 2), Math.floor((height - rows) / 2)];
  return placed(one, { width, height, x, y }, value);
}

/** Fits whole pictures into the target, on white; their masks are on black. */
const whole: Fit = ({ image, mask }, target) => {
  const [, rows, columns] = image.shape;
  const scale = Math.min(target.width / columns, target.height / rows);
  const size = { width: Math.trunc(columns * scale), height: Math.trunc(rows * scale) };
  return {
    image: laid(cvCubicFloats(image, size), target, 255),
    mask: laid(cvNearestExact(mask, size), target, 0),
  };
};

const cutTo = (one: Floats, x: number, y: number, width: number, height: number): Floats =>
  moved(one, { width, height }, (u, v) => [x + u, y + v]);

/** Fills the target and cuts around the middle. A smaller picture is enlarged by its longer side, on white. */
const covering: Fit = ({ image, mask }, target) => {
  const [, rows, columns] = image.shape;
  if (columns >= target.width && rows >= target.height) {
    const wider = columns / rows > target.width / target.height;
    const scale = wider ? rows / target.height : columns / target.width;
    const across = Math.floor(Math.abs(Math.trunc(target.width * scale + 0.5) - columns) / 2);
    const down = Math.floor(Math.abs(Math.trunc(target.height * scale + 0.5) - rows) / 2);
    const size = [columns - 2 * across, rows - 2 * down] as const;
    const cut = (one: Floats): Floats => cvCubicFloats(cutTo(one, across, down, ...size), target);
    return { image: cut(image), mask: cut(mask) };
  }
  const size =
    rows > columns
      ? { width: Math.trunc(columns * (target.height / rows)), height: target.height }
      : { width: target.width, height: Math.trunc(rows * (target.width / columns)) };
  const [across, down] = [target.width - size.width, target.height - size.height];
  const [wide, high] = [Math.abs(across), Math.abs(down)];
  const made = [image, mask].map((one) => cvCubicFloats(one, size));
  if (across > 0 || down > 0) {
    const canvas = { width: size.width + wide, height: size.height + high };
    return { image: laid(made[0], canvas, 255), mask: laid(made[1], canvas, 0) };
  }
  const [left, top] = [Math.floor(wide / 2), Math.floor(high / 2)];
  const inner = [size.width - 2 * left, size.height - 2 * top] as const;
  return { image: cutTo(made[0], left, top, ...inner), mask: cutTo(made[1], left, top, ...inner) };
};

async function firstOf(image: ImageBatch, mask: MaskBatch | undefined, input: string, call: Named): Promise<Pair> {
  const [, height, width, channels] = image.shape;
  if (channels !== 3) throw refusal(call.node, input, 'of three channels', `shape [${image.shape}]`, 'bad-shape');
  if (mask && (mask.shape[1] !== height || mask.shape[2] !== width)) {
    throw refusal(call.node, input, `of the mask's size`, `shape [${image.shape}]`, 'bad-shape');
  }
  return {
    image: await floatsOfImage(image.at(0), call),
    mask: mask ? await floatsOfMask(mask.at(0), call) : empty([1, height, width, 1]),
  };
}

/** Both pictures and masks side by side, or one below the other. If the second mask would be 0, it is 1. */
async function patched(given: Given, placing: Fit, call: Named, resize = cvNearestExact) {
  const whole = given.output_length - (given.output_length % 64);
  if (whole < 64) throw refusal(call.node, 'output_length', 'at least 64', given.output_length);
  const target = targetOf(given.first_image.shape, whole, given.patch_mode);
  const first = placing(await firstOf(given.first_image, given.first_mask, 'first_image', call), target);
  let second: Pair;
  let own: readonly [width: number, height: number] = [target.width, target.height];
  if (given.second_image) {
    own = [given.second_image.shape[2], given.second_image.shape[1]];
    second = placing(await firstOf(given.second_image, given.second_mask, 'second_image', call), target);
  } else {
    const ink = [1, 3, 5].map((i) => Number.parseInt(given.patch_color.slice(i, i + 2), 16));
    const colors = empty([1, target.height, target.width, 3]);
    for (let i = 0; i < colors.data.length; i++) colors.data[i] = ink[i % 3];
    const mask = given.second_mask && resize(await floatsOfMask(given.second_mask.at(0), call), target);
    second = { image: colors, mask: mask ?? empty([1, target.height, target.width, 1]) };
  }
  if (!given.second_mask || second.mask.data.every((v) => v === 0)) {
    second = { ...second, mask: empty(second.mask.shape, 1) };
  }
  const along = target.way === 'patch_right' ? 2 : 1;
  const other = along === 2 ? 1 : 2;
  if (first.image.shape[other] !== second.image.shape[other]) {
    const size = `so that it fits beside [${first.image.shape}]`;
    throw refusal(call.node, 'second_image', size, `[${second.image.shape}]`, 'bad-shape');
  }
  const both = joined([first.image, second.image], along);
  const data = both.data.map((v) => f(Math.min(Math.max(f(255 * v), 0), 255) / 255));
  const [, height, width] = both.shape;
  return {
    image: imageOfFloats(call.device, { data, shape: both.shape }),
    mask: maskOfFloats(call.device, joined([first.mask, second.mask], along)),
    place: { x: along === 2 ? Math.trunc(width / 2) : 0, y: along === 1 ? Math.trunc(height / 2) : 0 },
    target,
    size: { width, height },
    own,
  };
}

interface Data {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly own: readonly [width: number, height: number];
}

export const nodes = {
  AddMaskForICLora: node({
    module: 'custom_nodes.Comfyui-In-Context-Lora-Utils',
    category: 'ICLoraUtils/AddMaskForICLora',
    title: 'Add Mask For IC Lora',
    about:
      'The first picture, and beside or below it the second one or a colour, each cut to its place. The masks lie in the same way; a second mask ' +
      'that is missing or black is 1 everywhere. Then the place and the size of the second picture, the height of both, and 1.',
    quirk:
      'Pictures with alpha, a mask of another size than its picture, and what does not fit beside the other are refused; the original fails or ' +
      'guesses. Of a batch the first counts. total_width is the height and total_height 1, as in the original.',
    inputs: inputs('#FF0000'),
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
      ['INT', 'x_offset'],
      ['INT', 'y_offset'],
      ['INT', 'target_width'],
      ['INT', 'target_height'],
      ['INT', 'total_width'],
      ['INT', 'total_height'],
    ],
    async run(given, call) {
      const { image, mask, place, target, size } = await patched(given, covering, call, cvCubicFloats);
      return [image, mask, place.x, place.y, target.width, target.height, size.height, 1];
    },
  }),

  'LayerUtility: ICMask': node({
    module: 'custom_nodes.ComfyUI_LayerStyle',
    category: '😺dzNodes/LayerUtility',
    title: 'LayerUtility: IC Mask',
    about:
      'The first picture, and beside or below it the second one or a colour, each as large as fits, with white around. The masks lie in the same ' +
      'way; a second mask that is missing or black is 1 everywhere. And the data that ICMaskCropBack takes.',
    quirk: 'Pictures with alpha are refused; the original fails. Of a batch the first counts.',
    inputs: inputs('#FFFFFF'),
    outputs: [
      ['IMAGE', 'image'],
      ['MASK', 'mask'],
      ['*', 'icmask_data'],
    ],
    async run(given, call) {
      const { image, mask, place, target, own } = await patched(given, whole, call);
      return [image, mask, { ...place, width: target.width, height: target.height, own } satisfies Data];
    },
  }),

  'LayerUtility: ICMaskCropBack': node({
    module: 'custom_nodes.ComfyUI_LayerStyle',
    category: '😺dzNodes/LayerUtility',
    title: 'LayerUtility: IC Mask Crop Back',
    about:
      "The second picture out of what ICMask gave, cut in its middle to its own proportions and in its own size, by Pillow's Lanczos.",
    quirk: 'icmask_data that ICMask did not give, and a batch, are refused.',
    inputs: { image, icmask_data: { ...anything, as: 'ICMASK_DATA' } },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ image, icmask_data }, call) {
      checkOne(call.node, 'image', image);
      const { x, y, width, height, own } = dataOf(call.node, icmask_data);
      const [, rows, columns] = image.shape;
      const [left, top] = [Math.min(x, columns - 1), Math.min(y, rows - 1)];
      const size = { width: Math.min(width, columns - left), height: Math.min(height, rows - top) };
      const { fittedImage, BLACK } = await import('../layerstyle/fitted.js');
      const to = { width: own[0], height: own[1], fit: 'crop', method: 'lanczos' } as const;
      return [await fittedImage(image.crop({ x: left, y: top, ...size }), to, BLACK, call)];
    },
  }),
};

function dataOf(node: string, given: unknown): Data {
  const { x, y, width, height, own } = Object(given) as Partial<Data>;
  const numbers = [x, y, width, height, ...(Array.isArray(own) ? own : [])];
  if (numbers.length === 6 && numbers.every(Number.isInteger)) return given as Data;
  throw refusal(node, 'icmask_data', 'what ICMask gives', given);
}
