// LayerStyle: blends a layer with a background.
import type { ImageBatch, MaskBatch } from '../../../index.js';
import { boolean, combo, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import type { Named } from '../lib/each.js';
import { filledPicture, imageOf, type Picture, paste, picturesOf, rgb } from '../lib/pillow.js';
import { chop, chopModes } from './chop.js';
import { checkSize, layersOf, layerUtility, nth, sameSize } from './common.js';
import { mix, mixModes } from './mix.js';

const pictures = { background_image: image, layer_image: image, invert_mask: boolean(true) };
const rest = { opacity: int({ default: 100, min: 0, max: 100 }), layer_mask: optional(mask) };
const other = 'A mask of another size than the layer is left out.';
const shared = {
  ...layerUtility,
  about: 'Blends the layer with the background in a mode at a percentage, through the mask (or its alpha).',
  outputs: [['IMAGE', 'image']],
} as const;

interface Given {
  readonly background_image: ImageBatch;
  readonly layer_image: ImageBatch;
  readonly layer_mask: MaskBatch | undefined;
  readonly invert_mask: boolean;
}

export const blend = {
  'LayerUtility: ImageBlend': node({
    ...shared,
    title: 'LayerUtility: ImageBlend',
    quirk: other,
    inputs: { ...pictures, blend_mode: combo(chopModes), ...rest },
    run: ({ blend_mode, opacity, ...given }, call) =>
      composed(given, call, (background, layer) => chop(call.node, background, layer, blend_mode, opacity)),
  }),

  'LayerUtility: ImageBlend V2': node({
    ...shared,
    title: 'LayerUtility: ImageBlend V2',
    quirk: `${other} dissolve, which goes by chance, is refused.`,
    inputs: { ...pictures, blend_mode: combo(mixModes), ...rest },
    run: ({ blend_mode, opacity, ...given }, call) =>
      composed(given, call, (background, layer) => mix(call.node, background, layer, blend_mode, opacity)),
  }),
};

async function composed(
  { background_image, layer_image, layer_mask, invert_mask }: Given,
  call: Named,
  compose: (background: Picture, layer: Picture) => Picture,
): Promise<ImageBatch[]> {
  const backgrounds = await picturesOf(call.node, 'background_image', background_image, call);
  const layers = await layersOf(call.node, 'layer_image', layer_image, layer_mask, call, invert_mask);
  const made = Array.from({ length: Math.max(backgrounds.length, layers.length) }, (_, i) => {
    const { picture, mask } = nth(layers, i);
    const canvas = rgb(nth(backgrounds, i));
    const layer = rgb(picture);
    const own = sameSize(mask, layer) ? mask : filledPicture(layer.width, layer.height, [255]);
    const comp = compose(canvas, layer);
    checkSize(call.node, 'layer_image', comp, own);
    paste(canvas, { ...comp, data: Uint8Array.from(comp.data) }, 0, 0, own);
    return canvas;
  });
  return [imageOf(call, made)];
}
