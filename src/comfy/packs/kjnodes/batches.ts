// KJNodes: joins, counts and splits batches, resizes pictures, and handles texts.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, type ImageBatch, type MaskBatch } from '../../../index.js';
import { boolean, combo, image, int, MAX, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { empty, floatsOfImage, imageOfFloats, withChannels } from '../lib/pictures.js';
import { checkSide, halfEven, METHODS, upscaledImage } from '../lib/scale.js';
import { kj } from './common.js';
import { beside } from './concat.js';

const group = { ...kj, category: 'KJNodes/image' } as const;
const constants = { ...kj, category: 'KJNodes/constants' } as const;
const linkedText = optional({ ...string(), forceInput: true } as const);
const side = int({ default: 512, min: 0, max: MAX });
/** 0 if it is not linked. */
const linkedSide = optional({ ...int({ default: 0, min: 0, max: MAX }), forceInput: true } as const);
const count = int({ default: 2, min: 2, max: 1000 });
type Either = ImageBatch | MaskBatch;

export const nodes = {
  ...beside,

  ImageBatchMulti: node({
    ...group,
    title: 'Image Batch Multi',
    about:
      'Concatenates batches, scaled to the first one: bilinear, cut in the middle. Missing alphas are 1; unlinked inputs are zeros.',
    inputs: { inputcount: count, image_1: image, image_2: optional(image) },
    more: { prefix: 'image_', input: optional(image) },
    outputs: [['IMAGE', 'images']],
    async run({ inputcount, image_1 }, { more, ...call }) {
      const [batch, height, width] = image_1.shape;
      const all = Array.from({ length: inputcount }, (_, i) => more.get(i + 1));
      const channels = Math.max(...all.map((one) => one?.shape[3] ?? 1), image_1.shape[3]);
      const made: ImageBatch[] = [];
      for (const one of all) {
        if (!one) {
          made.push(imageOfFloats(call.device, empty([batch, height, width, channels])));
          continue;
        }
        const isSame = one.shape[1] === height && one.shape[2] === width;
        const fit = isSame ? one : await upscaledImage(one, { width, height }, 'bilinear', call, 'center');
        made.push(imageOfFloats(call.device, withChannels(await floatsOfImage(fit, call), channels)));
      }
      return [Image.cat(made)];
    },
  }),

  GetImageRangeFromBatch: node({
    ...group,
    title: 'Get Image or Mask Range From Batch',
    about: 'num_frames pictures and masks from start_index on, fewer at the end; -1 gives the last num_frames.',
    inputs: {
      start_index: int({ default: 0, min: -1, max: 4096 }),
      num_frames: int({ default: 1, min: 1, max: 4096 }),
      images: optional(image),
      masks: optional(mask),
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
    ],
    run({ start_index, num_frames, images, masks }, { node }) {
      const first = images ?? masks;
      const start = start_index === -1 && first ? Math.max(first.shape[0] - num_frames, 0) : start_index;
      const part = <B extends Either>(batch: B | undefined): B | undefined => {
        if (!batch) return undefined;
        const [length] = batch.shape;
        if (start >= length) throw refusal(node, 'start_index', `below ${length}, the number of pictures`, start_index);
        return batch.slice(start, Math.min(start + num_frames, length)) as B;
      };
      return [part(images), part(masks)] as never;
    },
  }),

  GetImageSizeAndCount: node({
    ...group,
    title: 'Get Image Size & Count',
    about: 'The picture unchanged, its width and height, and the number of pictures.',
    inputs: { image },
    outputs: [
      ['IMAGE', 'image'],
      ['INT', 'width'],
      ['INT', 'height'],
      ['INT', 'count'],
    ],
    run: ({ image }) => [image, image.shape[2], image.shape[1], image.shape[0]],
  }),

  ImageResizeKJ: node({
    ...group,
    title: 'Resize Image (deprecated)',
    about:
      "The picture in this size, or in that of another, by torch's interpolate or Pillow's Lanczos on bytes; in its proportions if asked, and sides " +
      'multiples of divisible_by. A side of 0 is free.',
    inputs: {
      image,
      ...{ width: side, height: side, upscale_method: combo(METHODS) },
      keep_proportion: boolean(false),
      divisible_by: int({ default: 2, min: 0, max: 512 }),
      width_input: linkedSide,
      height_input: linkedSide,
      get_image_size: optional(image),
      crop: { ...combo(['disabled', 'center']), optional: true, also: ['0'] },
    },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['INT', 'width'],
      ['INT', 'height'],
    ],
    async run(inputs, call) {
      const { image: picture, get_image_size, keep_proportion, divisible_by, upscale_method, crop } = inputs;
      const [, rows, columns] = picture.shape;
      let [width, height] = [inputs.width_input || inputs.width, inputs.height_input || inputs.height];
      if (get_image_size) [, height, width] = get_image_size.shape;
      if (keep_proportion && !get_image_size) {
        if (width || height) {
          const ratio = Math.min(width ? width / columns : Infinity, height ? height / rows : Infinity);
          const free = !width || !height;
          width = width && free ? width : halfEven(columns * ratio);
          height = height && free ? height : halfEven(rows * ratio);
        }
      } else {
        width ||= columns;
        height ||= rows;
      }
      if (divisible_by > 1 && !get_image_size) {
        width -= width % divisible_by;
        height -= height % divisible_by;
      }
      checkSide(call.node, 'width', width);
      checkSide(call.node, 'height', height);
      const way = crop === 'disabled' ? 'disabled' : 'center';
      return [await upscaledImage(picture, { width, height }, upscale_method, call, way), width, height];
    },
  }),

  StringConstant: node({
    ...constants,
    title: 'String Constant',
    about: 'A text.',
    inputs: { string: string() },
    outputs: [['STRING', 'STRING']],
    run: ({ string }) => [string],
  }),

  StringConstantMultiline: node({
    ...constants,
    title: 'String Constant Multiline',
    about: 'A text of several lines, unchanged, or with its lines joined and trimmed.',
    inputs: { string: { ...string(), multiline: true }, strip_newlines: boolean(true) },
    outputs: [['STRING', 'STRING']],
    run: ({ string, strip_newlines }) => [strip_newlines ? string.replaceAll('\n', '').trim() : string],
  }),

  BOOLConstant: node({
    ...constants,
    title: 'BOOL Constant',
    about: 'True or false.',
    inputs: { value: boolean(true) },
    outputs: [['BOOLEAN', 'value']],
    run: ({ value }) => [value],
  }),

  JoinStrings: node({
    ...kj,
    category: 'KJNodes/text',
    title: 'Join Strings',
    about: 'Two texts with the delimiter between them.',
    inputs: { delimiter: string(' '), string1: linkedText, string2: linkedText },
    outputs: [['STRING', 'STRING']],
    run: ({ delimiter, string1, string2 }) => [string1 + delimiter + string2],
  }),
};
