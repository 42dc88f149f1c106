// LayerStyle: masks by colour, and motion blur of masks.
import { boolean, float, image, int, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { hexColor } from '../lib/color.js';
import { batchOf, type Plane } from '../lib/each.js';
import { maskFix } from '../lib/maskFix.js';
import { motionBlurred } from '../lib/motion.js';
import { alphaOf, filledPicture, gray, mapped, type Picture, paste, picturesOf, rgb } from '../lib/pillow.js';
import { checkSize, graysOf, layerMask, masksOf, nth } from './common.js';

export const nodes = {
  'LayerMask: MaskByColor': node({
    ...layerMask,
    title: 'LayerMask: Mask by Color',
    about:
      'White where red, green and blue are each within threshold * 1.28 of the colour, limited by the mask (or the alpha); with fix_gap, specks ' +
      'are removed and gaps of that radius closed.',
    quirk: 'For a picture without anything to fix the result is NaN, as in the original.',
    inputs: {
      image,
      color: string('#FFFFFF'),
      color_in_HEX: string(''),
      threshold: int({ default: 50, min: 0, max: 100 }),
      fix_gap: int({ default: 2, min: 0, max: 32 }),
      fix_threshold: float({ default: 0.75, min: 0.01, max: 0.99, step: 0.01 }),
      invert_mask: boolean(false),
      mask: optional(mask),
    },
    outputs: [['MASK', 'mask']],
    async run({ image, color, color_in_HEX, threshold, fix_gap, fix_threshold, invert_mask, mask }, call) {
      const own = /^#.{6}$/s.test(color_in_HEX) ? color_in_HEX : color;
      const wanted = hexColor(call.node, own === color ? 'color' : 'color_in_HEX', own);
      const away = Math.trunc(threshold * 1.28);
      const pictures = await picturesOf(call.node, 'image', image, call);
      const masks = mask ? await graysOf(mask, call, invert_mask) : pictures.map(alphaOf);
      const made = pictures.map((picture, i): Plane => {
        const through = nth(masks, i);
        checkSize(call.node, 'mask', picture, through);
        const { data } = rgb(picture);
        const found = mapped(gray({ ...picture, data: new Uint8Array(picture.width * picture.height) }), (_, at) =>
          wanted.every((v, c) => Math.abs(data[at * 3 + c] - v) <= away) ? 255 : 0,
        );
        const canvas: Picture = filledPicture(picture.width, picture.height, [0]);
        paste(canvas, found, 0, 0, through);
        const floats = Float32Array.from(canvas.data, (v) => {
          const x = Math.fround(v / 255);
          return invert_mask ? 1 - x : x;
        });
        const plane = { data: floats, width: picture.width, height: picture.height };
        return fix_gap ? maskFix(plane, fix_gap, fix_threshold) : plane;
      });
      return [batchOf(call, made)];
    },
  }),

  'LayerMask: MaskMotionBlur': node({
    ...layerMask,
    title: 'LayerMask: MaskMotionBlur',
    about:
      'Blurred in a direction over five times blur pixels, then from the darkest to the lightest over the whole range.',
    quirk:
      'A sum midway between two bytes is rounded to the even one; in the original that is up to the errors of its Fourier transform.',
    inputs: {
      mask,
      invert_mask: boolean(true),
      blur: int({ default: 20, min: 1, max: 9999 }),
      angle: float({ default: 0, min: -360, max: 360, step: 0.1 }),
    },
    outputs: [['MASK', 'mask']],
    async run({ mask, invert_mask, blur, angle }, call) {
      const grays = await graysOf(mask, call, invert_mask);
      return [
        masksOf(
          call,
          grays.map((gray) => motionBlurred(gray, angle, blur)),
        ),
      ];
    },
  }),
};
