// LayerStyle: crops pictures to their masks, puts them back, and computes the box alone.
import { refusal } from '../../../base/errors.js';
import { boolean, box, combo, float, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import type { Box } from '../../sockets.js';
import { blurred } from '../lib/filters.js';
import { halfEven } from '../lib/numbers.js';
import { cropped, filledPicture, imageOf, type Picture, paste, picturesOf, rgb, rgba } from '../lib/pillow.js';
import { type Area, DETECT, detected } from './boxes.js';
import { checkSize, graysOf, layerMask, layersOf, layerUtility, masksOf, nth, pairsOf, sizeOf } from './common.js';
import { round_to_multiple, roundedUp } from './fitted.js';

const RED = [240, 0, 0, 255];
const GREEN = [0, 240, 0, 255];
const shift = int({ default: 0, min: -9999, max: 9999 });
const reserve = int({ default: 20, min: -9999, max: 9999 });
const reserves = { top_reserve: reserve, bottom_reserve: reserve, left_reserve: reserve, right_reserve: reserve };
const boundingFirst = combo(['min_bounding_rect', 'max_inscribed_rect', 'mask_area']);
const cropOut = [
  ['IMAGE', 'croped_image'],
  ['MASK', 'croped_mask'],
  ['BOX', 'crop_box'],
  ['IMAGE', 'box_preview'],
] as const;
const batches = 'Of several masks the first counts. A box without width or height is refused.';

const cropV2 = (title: string, alpha: boolean, also: readonly string[] = []) =>
  node({
    ...layerUtility,
    ...{ title, also },
    about:
      'Picture and mask cut to the box of the mask with a border, rounded up around its middle; beyond the edges they are black.',
    quirk: batches,
    inputs: {
      ...{ image, mask, invert_mask: boolean(false), detect: combo(DETECT), ...reserves, round_to_multiple },
      crop_box: optional(box),
    },
    outputs: cropOut,
    async run({ image, mask, invert_mask, detect, crop_box, round_to_multiple, ...given }, call) {
      const as = alpha ? rgba : rgb;
      const [gray] = await graysOf(mask.at(0), call, invert_mask);
      const preview = as(gray);
      let cut = crop_box;
      if (!cut) {
        const area = detected(call.node, detect, gray, await blurred(gray, 20, call));
        const [x1, y1, x2, y2] = reserved(area, given, image.shape[2], image.shape[1]);
        const multiple = round_to_multiple === 'None' ? 1 : Number(round_to_multiple);
        const [width, height] = [roundedUp(x2 - x1, multiple), roundedUp(y2 - y1, multiple)];
        const [left, top] = [x1 - Math.floor((width - x2 + x1) / 2), y1 - Math.floor((height - y2 + y1) / 2)];
        cut = [left, top, left + width, top + height];
        outline(preview, area, RED, Math.floor((area[2] + area[3]) / 100));
      }
      checkBox(call.node, cut);
      const [left, top, right, bottom] = cut;
      outline(preview, [left, top, right - left, bottom - top], GREEN, Math.floor((right - left + bottom - top) / 200));
      const pictures = await picturesOf(call.node, 'image', image, call);
      const own = cropped(gray, cut);
      const made = pictures.map((one) => cropped(as(one), cut));
      return [
        imageOf(call, made),
        masksOf(
          call,
          made.map(() => own),
        ),
        cut,
        imageOf(call, [preview]),
      ];
    },
  });

export const crops = {
  'LayerUtility: CropByMask': node({
    ...layerUtility,
    title: 'LayerUtility: CropByMask',
    about: 'Picture and mask cut to the box of the mask, its sides rounded up to eights, with a border.',
    quirk: batches,
    inputs: { image, mask_for_crop: mask, invert_mask: boolean(false), detect: boundingFirst, ...reserves },
    outputs: cropOut,
    async run({ image, mask_for_crop, invert_mask, detect, ...given }, call) {
      const [gray] = await graysOf(mask_for_crop.at(0), call, invert_mask);
      const [x, y, w, h] = detected(call.node, detect, gray, await blurred(gray, 20, call));
      const area = [x, y, roundedUp(w, 8), roundedUp(h, 8)] as const;
      const cut = reserved(area, given, image.shape[2], image.shape[1]);
      checkBox(call.node, cut);
      const preview = rgb(gray);
      const line = area[2] + area[3];
      outline(preview, area, RED, Math.floor(line / 100));
      outline(preview, [cut[0], cut[1], cut[2] - cut[0], cut[3] - cut[1]], GREEN, Math.floor(line / 200));
      const made = (await picturesOf(call.node, 'image', image, call)).map((one) => cropped(rgb(one), cut));
      const own = cropped(gray, cut);
      return [
        imageOf(call, made),
        masksOf(
          call,
          made.map(() => own),
        ),
        cut,
        imageOf(call, [preview]),
      ];
    },
  }),

  'LayerUtility: CropByMask V2': cropV2('LayerUtility: CropByMask V2', false, ['CropByMaskV2']),

  'LayerUtility: CropByMask V3': cropV2('LayerUtility: CropByMask V3', true),

  'LayerUtility: RestoreCropBox': node({
    ...layerUtility,
    title: 'LayerUtility: RestoreCropBox',
    about: 'Pastes a crop back at its place through its mask (or alpha); and the mask there.',
    quirk: 'A picture that has not the size of the box is refused; the original fails.',
    inputs: {
      ...{ background_image: image, croped_image: image, invert_mask: boolean(false), crop_box: box },
      croped_mask: optional(mask),
    },
    outputs: [
      ['IMAGE', 'image'],
      ['MASK', 'mask'],
    ],
    async run({ background_image, croped_image, croped_mask, invert_mask, crop_box }, call) {
      const [left, top, right, bottom] = crop_box;
      const backgrounds = await picturesOf(call.node, 'background_image', background_image, call);
      const layers = await layersOf(call.node, 'croped_image', croped_image, croped_mask, call, invert_mask);
      const made = Array.from({ length: Math.max(backgrounds.length, layers.length) }, (_, i) => {
        const { picture, mask } = nth(layers, i);
        checkSize(call.node, 'croped_mask', picture, mask);
        if (picture.width !== right - left || picture.height !== bottom - top) {
          const size = `of the box's size (${right - left} x ${bottom - top})`;
          throw refusal(call.node, 'croped_image', size, sizeOf(picture), 'bad-shape');
        }
        const canvas = rgb(nth(backgrounds, i));
        const own = filledPicture(canvas.width, canvas.height, [0]);
        paste(canvas, rgb(picture), left, top, mask);
        paste(own, mask, left, top);
        return { canvas, own };
      });
      return pairsOf(call, made);
    },
  }),

  'LayerMask: MaskBoxDetect': node({
    ...layerMask,
    title: 'LayerMask: Mask Box Detect',
    about:
      'The box of the first mask, blurred before it is asked; moved and scaled about its middle, in pixels and in percent.',
    quirk: 'crop_box has the width and height before scaling.',
    inputs: {
      mask,
      detect: boundingFirst,
      x_adjust: shift,
      y_adjust: shift,
      scale_adjust: float({ default: 1, min: 0.01, max: 100, step: 0.01 }),
    },
    outputs: [
      ['IMAGE', 'box_preview'],
      ['FLOAT', 'x_percent'],
      ['FLOAT', 'y_percent'],
      ['INT', 'width'],
      ['INT', 'height'],
      ['INT', 'x'],
      ['INT', 'y'],
      ['BOX', 'crop_box'],
    ],
    async run({ mask, detect, x_adjust, y_adjust, scale_adjust }, call) {
      const [gray] = await graysOf(mask.at(0), call);
      const soft = await blurred(gray, 5, call);
      const [left, top, width, height] = detected(call.node, detect, soft, soft);
      const [w, h] = [Math.trunc(width * scale_adjust), Math.trunc(height * scale_adjust)];
      const x = left - Math.trunc((w - width) / 2) + x_adjust;
      const y = top - Math.trunc((h - height) / 2) + y_adjust;
      const preview = rgb(gray);
      outline(preview, [x - x_adjust, y - y_adjust, width, height], RED, Math.trunc(gray.height / 60));
      outline(preview, [x, y, width, height], GREEN, Math.trunc(gray.height / 40));
      const percent = (at: number, whole: number): number => hundredths((at / whole) * 100);
      const places = [percent(x + w / 2, gray.width), percent(y + h / 2, gray.height)];
      return [imageOf(call, [preview]), ...places, w, h, x, y, [x, y, x + width, y + height]];
    },
  }),
};

/** Python's round(x, 2). Only eighths can lie exactly between two results; they round to even. */
const hundredths = (x: number): number => (Number.isInteger(x * 8) ? halfEven(x * 100) / 100 : Number(x.toFixed(2)));

function checkBox(node: string, [left, top, right, bottom]: Box): void {
  const size = `${right - left} x ${bottom - top}`;
  if (right <= left || bottom <= top) throw refusal(node, 'box', 'so that a pixel is left', size);
  if ((right - left) * (bottom - top) > 2 ** 24) throw refusal(node, 'box', 'of at most 16777216 pixels', size);
}

interface Reserves {
  readonly top_reserve: number;
  readonly bottom_reserve: number;
  readonly left_reserve: number;
  readonly right_reserve: number;
}

/** Adds the borders within the picture. */
function reserved([x, y, w, h]: Area, given: Reserves, width: number, height: number): Box {
  const [left, top] = [Math.max(x - given.left_reserve, 0), Math.max(y - given.top_reserve, 0)];
  return [left, top, Math.min(x + w + given.right_reserve, width), Math.min(y + h + given.bottom_reserve, height)];
}

/** ImageDraw's rectangle outline, `line` pixels wide, drawn inwards. */
function outline(picture: Picture, [x, y, w, h]: Area, color: readonly number[], line: number): void {
  const put = (left: number, top: number, right: number, bottom: number): void => {
    if (right >= left && bottom >= top) {
      paste(picture, filledPicture(right - left + 1, bottom - top + 1, color.slice(0, picture.channels)), left, top);
    }
  };
  const [top, bottom] = [Math.min(y, y + h), Math.max(y, y + h)];
  for (let i = 0; i < line; i++) {
    const [from, to] = [top + line, bottom - line + 1];
    put(x, top + i, x + w, top + i);
    put(x, bottom - i, x + w, bottom - i);
    for (const column of [x + w - i, x + i]) put(column, Math.min(from, to), column, Math.max(from, to));
  }
}
