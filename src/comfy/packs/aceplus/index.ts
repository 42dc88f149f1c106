// ACE++: inputs for its models: a reference next to the picture to edit, and the mask of what to edit.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch, MaskBatch } from '../../../index.js';
import { boolean, combo, float, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { antialiased } from '../lib/antialias.js';
import { floatsOf, type Named } from '../lib/each.js';
import { interpolated } from '../lib/interpolate.js';
import { checkSide } from '../lib/numbers.js';
import { empty, type Floats, floatsOfImage, imageOfFloats, joined, maskOfFloats, placed } from '../lib/pictures.js';

const f = Math.fround;
/** Sizes are multiples of this, and max_seq_length counts squares of this side. */
const CELL = 16;
const MOST_ASPECT = 4;

const TASKS = ['repainting', 'no_preprocess', 'contour_repainting', 'depth_repainting', 'recolorizing'] as const;
const side = { ...int({ default: 1024, min: 256, max: 1436, step: 16 }), takes: [1, 16384] } as const;
const pictures = { reference_image: optional(image), edit_image: optional(image), edit_mask: optional(mask) };
const common = {
  category: 'ComfyUI-ACE_Plus',
  module: 'custom_nodes.ComfyUI-ACE_Plus',
  quirk:
    'Of a batch the first picture and mask count. Where there is a picture to edit, contour_repainting, depth_repainting and recolorizing need a ' +
    'network and are refused, and so is a picture more than 4 times as wide as high, or as high as wide; there the original fails.',
} as const;
const length = { ...int({ default: 3072, min: 1024, max: 5120 }), takes: [1, 2 ** 32] } as const;

interface Given {
  readonly use_reference: boolean;
  readonly height: number;
  readonly width: number;
  readonly task_type: (typeof TASKS)[number];
  readonly reference_image: ImageBatch | undefined;
  readonly edit_image: ImageBatch | undefined;
  readonly edit_mask: MaskBatch | undefined;
}

interface Edit {
  readonly reference: Floats | undefined;
  /** With 0.5 subtracted. */
  readonly picture: Floats;
  readonly mask: Floats;
}

export const nodes = {
  ACEPlusLoraProcessor: node({
    ...common,
    title: 'ACEPlusLoraProcessor~',
    about:
      'The reference, made as high as the picture (bilinear, antialiased), to its left; with repainting, gray where the mask is above 0.5. ' +
      'Without a picture gray of this size, all to be made. Then at most twice max_seq_length cells of 16 x 16, nearest-exact.',
    inputs: {
      ...{ use_reference: boolean(true), height: side, width: side, task_type: combo(TASKS) },
      ...{ max_seq_length: length, ...pictures },
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
      ['INT', 'OUT_H'],
      ['INT', 'OUT_W'],
      ['INT', 'SLICE_W'],
    ],
    async run({ max_seq_length, ...given }, call) {
      const edit = await editOf(given, call);
      const [, high, wide] = edit.picture.shape;
      const { reference } = edit;
      const scaled =
        reference &&
        antialiased(reference, Math.trunc(reference.shape[2] * (high / reference.shape[1])), high, 'bilinear');
      const { picture, mask, slice } = await fitted(call, edit, scaled, max_seq_length * 2);
      const shown = imageOfFloats(call.device, { ...picture, data: picture.data.map((x) => x + 0.5) });
      return [shown, maskOfFloats(call.device, mask), high, wide, slice < 30 ? slice : slice + 30];
    },
  }),

  ACEPlusFFTProcessor: node({
    ...common,
    title: 'ACEPlusFFTProcessor~',
    about:
      'The reference to the left of the picture, at most keep_pixels_rate as high, between stripes of gray; what is kept, what is changed (with ' +
      'repainting, gray where the mask is above 0.5) and the mask. At most max_seq_length cells of 16 x 16, nearest-exact.',
    inputs: {
      ...{ use_reference: boolean(true), height: side, width: side, task_type: combo(TASKS) },
      keep_pixels_rate: float({ default: 0.8, min: 0, max: 1, step: 0.01 }),
      ...{ max_seq_length: length, ...pictures },
    },
    outputs: [
      ['IMAGE', 'UC_IMAGE'],
      ['IMAGE', 'C_IMAGE'],
      ['MASK', 'MASK'],
      ['INT', 'OUT_H'],
      ['INT', 'OUT_W'],
      ['INT', 'SLICE_W'],
    ],
    async run({ keep_pixels_rate, max_seq_length, ...given }, call) {
      const edit = await editOf(given, call);
      const [, high, wide] = edit.picture.shape;
      const beside = edit.reference && stripes(call.node, edit.reference, keep_pixels_rate, high);
      const { picture, mask, slice } = await fitted(call, edit, beside, max_seq_length);
      const channels = picture.shape[3];
      const part = (own: (m: number) => number): ImageBatch =>
        imageOfFloats(call.device, {
          ...picture,
          data: picture.data.map((x, i) => f(x * own(mask.data[Math.floor(i / channels)])) + 0.5),
        });
      const [kept, changed] = [part((m) => f(1 - m)), part((m) => m)];
      return [kept, changed, maskOfFloats(call.device, mask), high, wide, slice > 30 ? slice : slice + 30];
    },
  }),
};

async function editOf(given: Given, call: Named): Promise<Edit> {
  const { use_reference, edit_image, edit_mask, task_type } = given;
  const reference_image = use_reference || !edit_image ? given.reference_image : undefined;
  const reference = reference_image && (await less('reference_image', reference_image, call));
  if (!edit_image) {
    const size = [1, given.height, given.width] as const;
    return { reference, picture: empty([...size, reference?.shape[3] ?? 3]), mask: empty([...size, 1], 1) };
  }
  if (task_type !== 'repainting' && task_type !== 'no_preprocess')
    throw refusal(call.node, 'task_type', 'repainting or no_preprocess: the others need a network', task_type);
  const picture = await less('edit_image', edit_image, call);
  if (reference && reference.shape[3] !== picture.shape[3]) {
    const expected = `of ${picture.shape[3]} channels like edit_image`;
    throw refusal(call.node, 'reference_image', expected, `${reference.shape[3]} channels`, 'bad-shape');
  }
  const [, height, width, channels] = picture.shape;
  const fits = edit_mask?.shape[1] === height && edit_mask.shape[2] === width;
  const own =
    fits && edit_mask ? (await floatsOf(edit_mask.at(0), call))[0].data.map((x) => Number(x > 0.5)) : undefined;
  const data = own?.some((x) => x) ? own : new Float32Array(height * width).fill(1);
  if (task_type === 'repainting') {
    picture.data.forEach((x, i) => {
      picture.data[i] = x * (1 - data[Math.floor(i / channels)]);
    });
  }
  return { reference, picture, mask: { data, shape: [1, height, width, 1] } };
}

/** The first picture, with 0.5 subtracted. */
async function less(input: string, image: ImageBatch, call: Named): Promise<Floats> {
  const first = image.at(0);
  const [, height, width] = first.shape;
  if (Math.max(height / width, width / height) > MOST_ASPECT) {
    throw refusal(call.node, input, 'at most 4 times as long as wide', `${width} x ${height}`, 'bad-shape');
  }
  const { data, shape } = await floatsOfImage(first, call);
  return { data: data.map((x) => x - 0.5), shape };
}

/** The reference on a canvas as high as the picture, centred, and not higher than `keep` of it. */
function stripes(node: string, reference: Floats, keep: number, high: number): Floats {
  const [, height, width] = reference.shape;
  const rows = Math.trunc(high * keep);
  const large = height >= keep * high;
  if (large) checkSide(node, 'keep_pixels_rate', rows, Math.trunc(width * (rows / height)));
  const own = large ? antialiased(reference, Math.trunc(width * (rows / height)), rows, 'bilinear') : reference;
  const [, tall, wide] = own.shape;
  return placed(own, { width: wide, height: high, x: 0, y: Math.floor((high - tall) / 2) });
}

const beside = (left: Floats | undefined, right: Floats): Floats => (left ? joined([left, right], 2) : right);

async function fitted(call: Named, edit: Edit, reference: Floats | undefined, cells: number) {
  const wide = reference?.shape[2] ?? 0;
  const whole = { picture: beside(reference, edit.picture), mask: edit.mask };
  if (reference) whole.mask = beside(empty([1, reference.shape[1], wide, 1]), edit.mask);
  const [, height, width] = whole.picture.shape;
  const scale = Math.min(1, Math.sqrt(cells / ((height / CELL) * (width / CELL))));
  const round = (x: number): number => Math.floor(Math.trunc(x * scale) / CELL) * CELL;
  const size = { width: round(width), height: round(height) };
  checkSide(call.node, 'edit_image', size.width, size.height);
  return {
    picture: await interpolated(whole.picture, size, 'nearest-exact', call),
    mask: await interpolated(whole.mask, size, 'nearest-exact', call),
    slice: round(wide),
  };
}
