// LayerStyle: adds a mask to pictures as alpha, and removes alpha.
import { boolean, image, int, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { hexColor } from '../lib/color.js';
import { blended, filledPicture, imageOf, inverted, paste, picturesOf, rgb, rgba } from '../lib/pillow.js';
import { checkSize, layersOf, layerUtility, masksOf, nth } from './common.js';

const out = [
  ['IMAGE', 'image'],
  ['MASK', 'mask'],
] as const;

export const alpha = {
  'LayerUtility: ImageCombineAlpha': node({
    ...layerUtility,
    title: 'LayerUtility: ImageCombineAlpha',
    about: 'The mask becomes the alpha of the picture.',
    inputs: { RGB_image: image, mask },
    outputs: [['IMAGE', 'RGBA_image']],
    async run({ RGB_image, mask }, call) {
      const layers = await layersOf(call.node, 'RGB_image', RGB_image, mask, call);
      const made = layers.map(({ picture, mask }) => {
        checkSize(call.node, 'mask', picture, mask);
        return rgba(rgb(picture), mask);
      });
      return [imageOf(call, made)];
    },
  }),

  'LayerUtility: ImageRemoveAlpha': node({
    ...layerUtility,
    title: 'LayerUtility: ImageRemoveAlpha',
    about: 'The picture without alpha, or with fill_background over a colour, by the mask (or its alpha).',
    quirk: 'With fill_background but without alpha and mask, the picture is returned unchanged.',
    inputs: {
      RGBA_image: image,
      fill_background: boolean(false),
      background_color: string('#000000'),
      mask: optional(mask),
    },
    outputs: [['IMAGE', 'RGB_image']],
    async run({ RGBA_image, fill_background, background_color, mask }, call) {
      if (fill_background && !mask && RGBA_image.shape[3] !== 4) return [RGBA_image];
      const color = hexColor(call.node, 'background_color', background_color);
      const pictures = await picturesOf(call.node, 'RGBA_image', RGBA_image, call);
      if (!fill_background) return [imageOf(call, pictures.map(rgb))];
      const layers = await layersOf(call.node, 'RGBA_image', RGBA_image, mask, call);
      const made = pictures.map((picture, i) => {
        checkSize(call.node, 'mask', picture, nth(layers, i).mask);
        const canvas = filledPicture(picture.width, picture.height, color);
        paste(canvas, rgb(picture), 0, 0, nth(layers, i).mask);
        return canvas;
      });
      return [imageOf(call, made)];
    },
  }),

  'LayerUtility: ImageOpacity': node({
    ...layerUtility,
    title: 'LayerUtility: ImageOpacity',
    about: 'The mask (or the alpha) times the opacity becomes the alpha of the picture.',
    inputs: {
      image,
      opacity: int({ default: 100, min: 0, max: 100 }),
      invert_mask: boolean(true),
      mask: optional(mask),
    },
    outputs: out,
    async run({ image, opacity, invert_mask, mask }, call) {
      const made = (await layersOf(call.node, 'image', image, mask, call, invert_mask)).map(({ picture, mask }) => {
        checkSize(call.node, 'mask', picture, mask);
        const size = [picture.width, picture.height] as const;
        const [from, color] = invert_mask ? [inverted(mask), 255] : [mask, 0];
        const part = blended(from, filledPicture(...size, [color]), 1 - opacity / 100);
        return { picture, mask: invert_mask ? inverted(part) : part };
      });
      const pictures = imageOf(
        call,
        made.map(({ picture, mask }) => rgba(rgb(picture), mask)),
      );
      return [
        pictures,
        masksOf(
          call,
          made.map(({ mask }) => mask),
        ),
      ];
    },
  }),
};
