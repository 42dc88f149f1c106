// LayerStyle: pictures and masks in another size, of proportions asked for or as another picture has it.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch, MaskBatch } from '../../../index.js';
import { anything, combo, image, int, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { hexColor } from '../lib/color.js';
import type { Named } from '../lib/each.js';
import { type Filter, resized } from '../lib/filters.js';
import { cropped, filledPicture, imageOf, luma, type Picture, paste, picturesOf, rgb } from '../lib/pillow.js';
import { graysOf, layerUtility, masksOf, sizeAs } from './common.js';

const fit = combo(['letterbox', 'crop', 'fill']);
const method = combo(['lanczos', 'bicubic', 'hamming', 'bilinear', 'box', 'nearest']);
type Fit = (typeof fit.options)[number];
type Ink = readonly [number, number, number];
const BLACK: Ink = [0, 0, 0];
const sidesOut = [
  ['IMAGE', 'image'],
  ['MASK', 'mask'],
  ['BOX', 'original_size'],
] as const;

const scaleAs = (title: string, colored: boolean, also: string) => {
  const own = { scale_as: anything, fit, method, image: optional(image), mask: optional(mask) };
  const about = 'Picture and mask in the size of another picture or mask: with borders, cut, or stretched.';
  const outputs = [...sidesOut, ['INT', 'widht'], ['INT', 'height']] as const;
  const run = async (
    given: { scale_as: unknown; fit: Fit; method: Filter; image?: ImageBatch; mask?: MaskBatch },
    call: Named,
    color: Ink,
  ) => {
    const { scale_as, fit, method, image, mask } = given;
    const { width, height } = sizeAs(call.node, 'scale_as', scale_as);
    const from = (mask ?? image)?.shape;
    const size = { width, height, fit, method };
    const pictures = image && (await fittedImage(image, size, color, call));
    const masks = mask && (await fittedMask(mask, size, color, call));
    const sides = from ? [from[2], from[1]] : [4, 4];
    return [pictures, masks, sides, from ? width : 0, from ? height : 0];
  };
  if (!colored)
    return node({
      ...layerUtility,
      ...{ title, about, also: [also] },
      inputs: own,
      outputs,
      run: (given, call) => run(given, call, BLACK),
    });
  return node({
    ...layerUtility,
    ...{ title, about, also: [also] },
    inputs: { ...own, background_color: string('#FFFFFF') },
    outputs,
    run: (given, call) => run(given, call, hexColor(call.node, 'background_color', given.background_color)),
  });
};

const ratios = ['original', 'custom', '1:1', '3:2', '4:3', '16:9', '2:3', '3:4', '9:16'] as const;
const part = int({ default: 1, min: 1, max: 1e8 });

export const sizes = {
  'LayerUtility: ImageMaskScaleAs': scaleAs('LayerUtility: Image Mask Scale As', false, 'ImageMaskScaleAs'),

  'LayerUtility: ImageMaskScaleAsV2': scaleAs('LayerUtility: Image Mask Scale As V2', true, 'ImageMaskScaleAsV2'),

  'LayerUtility: ImageScaleByAspectRatio V2': node({
    ...layerUtility,
    title: 'LayerUtility: ImageScaleByAspectRatio V2',
    also: ['ImageScaleByAspectRatioV2'],
    about:
      'Picture and mask in a size of these proportions: one side, or the pixels in thousands, as given, both rounded up to a multiple.',
    quirk:
      'Without both, and where the mask is not of the size of the picture, nothing comes, and 0 for the sides. A 64 x 64 mask of zeros ' +
      'counts as none.',
    inputs: {
      aspect_ratio: combo(ratios),
      proportional_width: part,
      proportional_height: part,
      fit,
      method,
      round_to_multiple: combo(['8', '16', '32', '64', '128', '256', '512', 'None']),
      scale_to_side: combo(['None', 'longest', 'shortest', 'width', 'height', 'total_pixel(kilo pixel)']),
      scale_to_length: int({ default: 1024, min: 4, max: 1e8 }),
      background_color: string('#000000'),
      image: optional(image),
      mask: optional(mask),
    },
    outputs: [...sidesOut, ['INT', 'width'], ['INT', 'height']],
    async run(given, call) {
      const { aspect_ratio, proportional_width, proportional_height, fit, method, background_color } = given;
      const color = hexColor(call.node, 'background_color', background_color);
      const own = given.mask && (await isMarker(given.mask)) ? undefined : given.mask;
      const from = given.image?.shape ?? own?.shape;
      const other = own && from && (own.shape[1] !== from[1] || own.shape[2] !== from[2]);
      if (!from || other) return [undefined, undefined, undefined, 0, 0];
      const [, rows, columns] = from;
      const named = aspect_ratio === 'custom' ? [proportional_width, proportional_height] : aspect_ratio.split(':');
      const ratio = aspect_ratio === 'original' ? columns / rows : Number(named[0]) / Number(named[1]);
      const [width, height] = target(ratio, given.scale_to_side, given.scale_to_length, columns, rows).map((side) =>
        given.round_to_multiple === 'None' ? side : roundedUp(side, Number(given.round_to_multiple)),
      );
      const size = { width, height, fit, method };
      const pictures = given.image && (await fittedImage(given.image, size, color, call));
      const masks = own && (await fittedMask(own, size, BLACK, call));
      return [pictures, masks, [columns, rows], width, height];
    },
  }),
};

/** ComfyUI's mask of a picture without alpha. */
async function isMarker(mask: MaskBatch): Promise<boolean> {
  const [batch, height, width] = mask.shape;
  return batch === 1 && height === 64 && width === 64 && (await mask.data()).every((v) => v === 0);
}

/** The next multiple, or the number itself. */
export const roundedUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

function target(ratio: number, side: string, length: number, width: number, height: number): [number, number] {
  const wide = ratio > 1;
  if (side === 'total_pixel(kilo pixel)') {
    const long = Math.sqrt(ratio * length * 1000);
    return [Math.trunc(long), Math.trunc(long / ratio)];
  }
  const byWidth = side === 'width' || side === (wide ? 'longest' : 'shortest') || (side === 'None' && wide);
  const own = side !== 'None' ? length : wide ? width : height;
  return byWidth ? [own, Math.trunc(own / ratio)] : [Math.trunc(own * ratio), own];
}

interface Size {
  readonly width: number;
  readonly height: number;
  readonly fit: Fit;
  readonly method: Filter;
}

async function fittedImage(image: ImageBatch, size: Size, color: Ink, call: Named): Promise<ImageBatch> {
  const made: Picture[] = [];
  for (const one of await picturesOf(call.node, 'image', image, call))
    made.push(await fitted(rgb(one), size, color, call));
  return imageOf(call, made);
}

async function fittedMask(mask: MaskBatch, size: Size, color: Ink, call: Named): Promise<MaskBatch> {
  const made: Picture[] = [];
  const ink = luma({ data: Uint8Array.from(color), width: 1, height: 1, channels: 3 }).data;
  for (const one of await graysOf(mask, call)) made.push(await fitted(one, size, [...ink], call));
  return masksOf(call, made);
}

/** fit_resize_image. */
async function fitted(
  picture: Picture,
  { width, height, fit, method }: Size,
  color: readonly number[],
  call: Named,
): Promise<Picture> {
  const wider = picture.width / picture.height > width / height;
  if (fit === 'letterbox') {
    const [w, h] = wider
      ? [width, Math.trunc((width / picture.width) * picture.height)]
      : [Math.trunc((height / picture.height) * picture.width), height];
    const canvas = filledPicture(width, height, color);
    const inner = await resized(call.node, picture, w, h, call, method);
    paste(canvas, inner, Math.floor((width - w) / 2), Math.floor((height - h) / 2));
    return canvas;
  }
  if (fit === 'fill') return resized(call.node, picture, width, height, call, method);
  const [w, h] = wider
    ? [Math.trunc((picture.height * width) / height), picture.height]
    : [picture.width, Math.trunc((picture.width * height) / width)];
  const [x, y] = [Math.floor((picture.width - w) / 2), Math.floor((picture.height - h) / 2)];
  if (w < 1 || h < 1) throw refusal(call.node, 'size', 'so that a pixel is left when it is cut', `${w} x ${h}`);
  return resized(call.node, cropped(picture, [x, y, x + w, y + h]), width, height, call, method);
}
