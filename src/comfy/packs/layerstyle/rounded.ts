// LayerStyle: rounded rectangles, as masks and as the alpha of pictures.
import { refusal } from '../../../base/errors.js';
import { anything, box, combo, float, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import type { Named } from '../lib/each.js';
import { blurred, resized } from '../lib/filters.js';
import { checkSide } from '../lib/numbers.js';
import { filledPicture, imageOf, type Picture, picturesOf, rgb, rgba } from '../lib/pillow.js';
import { roundedRectangle, smoothedMore } from '../lib/rounded.js';
import { DETECT, detected } from './boxes.js';
import { graysOf, layerMask, layerUtility, masksOf, nth, sizeAs } from './common.js';

type Corners = readonly [left: number, top: number, right: number, bottom: number];
const percent = float({ default: 8, min: -100, max: 100, step: 0.1 });
const shape = {
  rounded_rect_radius: int({ default: 50, min: 0, max: 100 }),
  anti_aliasing: int({ default: 2, min: 0, max: 16 }),
};
const side = int({ default: 1024, min: 8, max: 1e8 });

export const rounded = {
  'LayerMask: DrawRoundedRectangle': node({
    ...layerMask,
    title: 'LayerMask: DrawRoundedRectangle',
    about:
      'A rectangle as large as the mask, its corners round by so many percent: drawn anti_aliasing times as large, smoothed, scaled down.',
    inputs: { ...shape, width: side, height: side, size_as: optional(anything) },
    outputs: [['MASK', 'mask']],
    async run({ rounded_rect_radius, anti_aliasing, size_as, ...own }, call) {
      const { width, height } = size_as === undefined ? own : sizeAs(call.node, 'size_as', size_as);
      const made = await drawn(width, height, rounded_rect_radius, [0, 0, width, height], anti_aliasing, call);
      return [masksOf(call, [made])];
    },
  }),

  'LayerUtility: RoundedRectangle': node({
    ...layerUtility,
    title: 'LayerUtility: RoundedRectangle',
    about:
      'A rectangle with round corners as the alpha of the picture: so many percent from its sides, or around the box or the object by so many ' +
      'percent of them.',
    quirk: 'A box whose sides end before they begin is refused; the original fails.',
    inputs: {
      image,
      ...shape,
      ...{ top: percent, bottom: percent, left: percent, right: percent },
      detect: combo(DETECT),
      ...{ obj_ext_top: percent, obj_ext_bottom: percent, obj_ext_left: percent, obj_ext_right: percent },
      object_mask: optional(mask),
      crop_box: optional(box),
    },
    outputs: [
      ['IMAGE', 'image'],
      ['MASK', 'mask'],
    ],
    async run({ image, rounded_rect_radius, anti_aliasing, detect, object_mask, crop_box, ...by }, call) {
      const pictures = (await picturesOf(call.node, 'image', image, call)).map(rgb);
      const masks = object_mask && !crop_box ? await graysOf(object_mask, call) : [];
      const made: Picture[] = [];
      for (const [i, { width, height }] of pictures.entries()) {
        const part = (length: number, percent: number): number => Math.trunc(percent * length * 0.01);
        let corners: Corners;
        if (crop_box || masks.length) {
          const given = nth(masks, i);
          const [x, y, w, h] = crop_box
            ? [crop_box[0], crop_box[1], crop_box[2] - crop_box[0], crop_box[3] - crop_box[1]]
            : detected(call.node, detect, given, await blurred(given, 20, call));
          corners = [
            x - part(w, by.obj_ext_left),
            y - part(h, by.obj_ext_top),
            x + w + part(w, by.obj_ext_right),
            y + h + part(h, by.obj_ext_bottom),
          ];
        } else {
          corners = [
            part(width, by.left),
            part(height, by.top),
            width - part(width, by.right),
            height - part(height, by.bottom),
          ];
        }
        made.push(await drawn(width, height, rounded_rect_radius, corners, anti_aliasing, call));
      }
      const shown = pictures.map((picture, i) => rgba(picture, made[i]));
      return [imageOf(call, shown), masksOf(call, made)];
    },
  }),
};

async function drawn(
  width: number,
  height: number,
  radius: number,
  box: Corners,
  times: number,
  call: Named,
): Promise<Picture> {
  const scale = Math.max(times, 1);
  const [left, top, right, bottom] = box;
  if (right < left || bottom < top) {
    throw refusal(call.node, 'box', 'so that it ends behind its beginning', `[${box}]`);
  }
  checkSide(call.node, 'width', width * height * scale * scale);
  const canvas = filledPicture(width * scale, height * scale, [0]);
  const round = radius * Math.min(right - left, bottom - top) * 0.005 * scale;
  roundedRectangle(canvas, [left * scale, top * scale, right * scale, bottom * scale], round);
  return resized(call.node, smoothedMore(canvas), width, height, call, 'lanczos');
}
