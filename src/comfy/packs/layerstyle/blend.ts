// LayerStyle: a layer on a background, in a blend mode.
import { boolean, combo, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { filledPicture, imageOf, paste, picturesOf, rgb } from '../lib/pillow.js';
import { chop, chopModes } from './chop.js';
import { checkSize, layersOf, layerUtility, nth, sameSize } from './common.js';

export const blend = {
  'LayerUtility: ImageBlend': node({
    ...layerUtility,
    title: 'LayerUtility: ImageBlend',
    about: 'The layer on the background in a blend mode, so many percent of it, where the mask (or its alpha) lets it.',
    quirk: 'A mask of another size than the layer is left out.',
    inputs: {
      background_image: image,
      layer_image: image,
      invert_mask: boolean(true),
      blend_mode: combo(chopModes),
      opacity: int({ default: 100, min: 0, max: 100 }),
      layer_mask: optional(mask),
    },
    outputs: [['IMAGE', 'image']],
    async run({ background_image, layer_image, layer_mask, invert_mask, blend_mode, opacity }, call) {
      const backgrounds = await picturesOf(call.node, 'background_image', background_image, call);
      const layers = await layersOf(call.node, 'layer_image', layer_image, layer_mask, call, invert_mask);
      const made = Array.from({ length: Math.max(backgrounds.length, layers.length) }, (_, i) => {
        const [background, { picture, mask }] = [nth(backgrounds, i), nth(layers, i)];
        const canvas = rgb(background);
        const layer = rgb(picture);
        const own = sameSize(mask, layer) ? mask : filledPicture(layer.width, layer.height, [255]);
        const comp = chop(call.node, canvas, layer, blend_mode, opacity);
        checkSize(call.node, 'layer_image', comp, own);
        paste(canvas, { ...comp, data: Uint8Array.from(comp.data) }, 0, 0, own);
        return canvas;
      });
      return [imageOf(call, made)];
    },
  }),
};
