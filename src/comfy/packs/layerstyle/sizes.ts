// LayerStyle: resizes pictures and masks, to given proportions or to another picture's size.
import type { ImageBatch, MaskBatch } from '../../../index.js';
import { anything, combo, image, int, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { hexColor } from '../lib/color.js';
import type { Named } from '../lib/each.js';
import type { Filter } from '../lib/filters.js';
import { layerUtility, sizeAs } from './common.js';
import {
  BLACK,
  type Fit,
  fit,
  fittedImage,
  fittedMask,
  type Ink,
  method,
  ratioOf,
  ratios,
  round_to_multiple,
  roundedUp,
} from './fitted.js';

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
      round_to_multiple,
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
      const ratio = ratioOf(aspect_ratio, [columns, rows], [proportional_width, proportional_height]);
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

/** Whether this is ComfyUI's mask for a picture without alpha. */
async function isMarker(mask: MaskBatch): Promise<boolean> {
  const [batch, height, width] = mask.shape;
  return batch === 1 && height === 64 && width === 64 && (await mask.data()).every((v) => v === 0);
}

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
