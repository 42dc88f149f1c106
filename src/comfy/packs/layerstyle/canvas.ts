// LayerStyle: extends pictures and masks to a larger canvas, and moves them on it.
import { boolean, image, int, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { hexColor } from '../lib/color.js';
import { blurred, resized } from '../lib/filters.js';
import { filledPicture, imageOf, type Picture, paste, picturesOf, rgb } from '../lib/pillow.js';
import { layersOf, layerUtility, masksOf, nth, pairsOf, shifted } from './common.js';

const side = (min: number) => int({ default: 0, min, max: 99999 });
const shift = int({ default: 256, min: -9999, max: 9999 });

const extended = (title: string, min: number) =>
  node({
    ...layerUtility,
    title,
    about:
      'The picture on a larger canvas of a colour, or cut where a side is below 0; the mask (or its alpha) on black.',
    inputs: {
      image,
      invert_mask: boolean(true),
      ...{ top: side(min), bottom: side(min), left: side(min), right: side(min) },
      color: string('#000000'),
      mask: optional(mask),
    },
    outputs: [
      ['IMAGE', 'image'],
      ['MASK', 'mask'],
    ],
    async run({ image, invert_mask, top, bottom, left, right, color, mask }, call) {
      const ink = hexColor(call.node, 'color', color);
      const made = (await layersOf(call.node, 'image', image, mask, call, invert_mask)).map(({ picture, mask }) => {
        const size = [Math.max(picture.width + left + right, 1), Math.max(picture.height + top + bottom, 1)] as const;
        const [canvas, own] = [filledPicture(...size, ink), filledPicture(...size, [0])];
        paste(canvas, rgb(picture), left, top);
        paste(own, mask, left, top);
        return { canvas, own };
      });
      return pairsOf(call, made);
    },
  });

export const canvas = {
  'LayerUtility: ExtendCanvas': extended('LayerUtility: ExtendCanvas', 0),

  'LayerUtility: ExtendCanvasV2': extended('LayerUtility: ExtendCanvas V2', -99999),

  'LayerUtility: ImageShift': node({
    ...layerUtility,
    title: 'LayerUtility: ImageShift',
    about: 'Picture and mask (or alpha) moved, round the edges if cyclic; the seam as a blurred frame.',
    quirk:
      'Every picture comes with the last mask. Not cyclic, the first row and column are lost, or the picture if it is not moved along an axis loses them too.',
    inputs: {
      image,
      shift_x: shift,
      shift_y: shift,
      cyclic: boolean(true),
      background_color: string('#000000'),
      border_mask_width: int({ default: 20, min: 0, max: 999 }),
      border_mask_blur: int({ default: 12, min: 0, max: 999 }),
      mask: optional(mask),
    },
    outputs: [
      ['IMAGE', 'image'],
      ['MASK', 'mask'],
      ['MASK', 'border_mask'],
    ],
    async run(given, call) {
      const { image, shift_x, shift_y, cyclic, background_color, border_mask_width, border_mask_blur, mask } = given;
      const color = hexColor(call.node, 'background_color', background_color);
      const pictures = await picturesOf(call.node, 'image', image, call);
      const layers = await layersOf(call.node, 'image', image, mask, call);
      const move = (one: Picture, ink: readonly number[]) => shifted(one, -shift_x, -shift_y, cyclic, ink);
      const { width, height } = pictures[0];
      const frame = filledPicture(width + 2 * border_mask_width, height + 2 * border_mask_width, [255]);
      paste(frame, filledPicture(width, height, [0]), border_mask_width, border_mask_width);
      const seam = move(await resized(call.node, frame, width, height, call), [0]);
      const border = await blurred(seam, border_mask_blur, call);
      const own = move(nth(layers, layers.length - 1).mask, [0]);
      return [
        imageOf(
          call,
          pictures.map((one) => move(rgb(one), color)),
        ),
        masksOf(
          call,
          pictures.map(() => own),
        ),
        masksOf(
          call,
          pictures.map(() => border),
        ),
      ];
    },
  }),
};
