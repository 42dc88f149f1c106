// LayerStyle: scales pictures and masks to other proportions, by their longer side.
import { boolean, combo, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { layerUtility } from './common.js';
import {
  BLACK,
  fit,
  fittedImage,
  fittedMask,
  method,
  ratioOf,
  ratios,
  round_to_multiple,
  roundedUp,
} from './fitted.js';

const part = (fallback: number) => int({ default: fallback, min: 1, max: 999 });

export const nodes = {
  'LayerUtility: ImageScaleByAspectRatio': node({
    ...layerUtility,
    title: 'LayerUtility: ImageScaleByAspectRatio',
    about:
      'Picture and mask in these proportions: the longer side as it is, or so long, both rounded up to a multiple.',
    quirk:
      'Without both, and where the mask is not of the size of the picture, nothing comes, and 0 for the sides; a mask by itself comes without a picture.',
    inputs: {
      aspect_ratio: combo(ratios),
      ...{ proportional_width: part(2), proportional_height: part(1) },
      ...{ fit, method, round_to_multiple, scale_to_longest_side: boolean(false) },
      longest_side: int({ default: 1024, min: 4, max: 999999 }),
      ...{ image: optional(image), mask: optional(mask) },
    },
    outputs: [
      ['IMAGE', 'image'],
      ['MASK', 'mask'],
      ['BOX', 'original_size'],
      ['INT', 'width'],
      ['INT', 'height'],
    ],
    async run({ image, mask, fit, method, round_to_multiple, scale_to_longest_side, longest_side, ...given }, call) {
      const from = image?.shape ?? mask?.shape;
      const other = mask && from && (mask.shape[1] !== from[1] || mask.shape[2] !== from[2]);
      if (!from || other) return [undefined, undefined, undefined, 0, 0];
      const [, rows, columns] = from;
      const custom = [given.proportional_width, given.proportional_height] as const;
      const ratio = ratioOf(given.aspect_ratio, [columns, rows], custom);
      const own = (side: number): number => (scale_to_longest_side ? longest_side : side);
      const [width, height] = target(ratio, columns, rows, own).map((side) =>
        round_to_multiple === 'None' ? side : roundedUp(side, Number(round_to_multiple)),
      );
      const size = { width, height, fit, method };
      const pictures = image && (await fittedImage(image, size, BLACK, call));
      const masks = mask && (await fittedMask(mask, size, BLACK, call));
      return [pictures, masks, [columns, rows], width, height];
    },
  }),
};

function target(ratio: number, columns: number, rows: number, own: (side: number) => number): [number, number] {
  const wide = columns > rows;
  let [width, height] = wide ? [own(columns), 0] : [0, own(rows)];
  if (wide) height = Math.trunc(width / ratio);
  else width = Math.trunc(height * ratio);
  if (ratio >= 1) return [width, height];
  const times = own(rows) / height;
  return [Math.trunc(width * times), own(rows)];
}
