// Shared by LayerStyle's effects: a background, a layer with a mask, and blend modes of two kinds.
import { ImageBatch as Image, type ImageBatch, type MaskBatch } from '../../../index.js';
import { boolean, combo, image, int, mask, optional } from '../../inputs.js';
import type { Named } from '../lib/each.js';
import { alphaOf, filledPicture, imageOf, type Picture, picturesOf } from '../lib/pillow.js';
import { type ChopMode, chop, chopModes } from './chop.js';
import { graysOf, layerStyle, nth, sameSize } from './common.js';
import { type MixMode, mix, mixModes } from './mix.js';

/** Blends a layer with a background in a mode, at a percentage. */
export type Compose = (background: Picture, layer: Picture, percent: number) => Picture;

export const percent = (fallback: number) => int({ default: fallback, min: 0, max: 100 });

/** The inputs in the originals' order. An effect's own inputs follow, then the mask. */
export const layered = { background_image: image, layer_image: image, invert_mask: boolean(true) };
export const layer_mask = optional(mask);

export const effect = { ...layerStyle, outputs: [['IMAGE', 'image']] } as const;

/** The two kinds of blend modes: for the first and the second version of an effect. */
export const first = {
  modes: chopModes,
  compose:
    (node: string, mode: ChopMode): Compose =>
    (a, b, opacity) =>
      chop(node, a, b, mode, opacity),
};
export const second = {
  modes: mixModes,
  compose:
    (node: string, mode: MixMode): Compose =>
    (a, b, opacity) =>
      mix(node, a, b, mode, opacity),
};

/** These modes first, then the remaining ones. */
export const modesFrom = <const M extends readonly string[]>(modes: M, own: readonly M[number][]) =>
  combo([...own, ...modes.filter((one) => !own.includes(one))] as readonly string[] as M, own[0]);

export const unmasked =
  'Without a mask and alpha the background comes as it is. A mask of another size than the layer is left out.';

/** A call of an effect, with the inputs common to all of them. */
export type EffectCall = Named;
export interface EffectInputs {
  readonly background_image?: ImageBatch | undefined;
  readonly layer_image: ImageBatch;
  readonly layer_mask: MaskBatch | undefined;
  readonly invert_mask: boolean;
}

export interface Parts {
  readonly background: Picture;
  readonly layer: Picture;
  readonly mask: Picture;
  /** The size of the first layer, which the originals use for their colours. */
  readonly size: readonly [width: number, height: number];
}

/** Applies `make` to each background and layer. A missing background is transparent. */
export async function onLayers(
  { background_image, layer_image, layer_mask, invert_mask }: EffectInputs,
  call: EffectCall,
  make: (parts: Parts) => Picture | Promise<Picture>,
): Promise<[ImageBatch]> {
  const layers = await picturesOf(call.node, 'layer_image', layer_image, call);
  const clear = layers.map(({ width, height }) => filledPicture(width, height, [0, 0, 0, 0]));
  const backgrounds = background_image
    ? await picturesOf(call.node, 'background_image', background_image, call)
    : clear;
  const own = layers[0].channels === 4 ? layers.map(alphaOf) : [];
  const masks = layer_mask ? await graysOf(layer_mask, call, invert_mask) : own;
  if (masks.length === 0) return [background_image ?? imageOf(call, clear)];
  const made: ImageBatch[] = [];
  const size = [layers[0].width, layers[0].height] as const;
  for (let i = 0; i < Math.max(backgrounds.length, layers.length, masks.length); i++) {
    const [background, layer] = [nth(backgrounds, i), nth(layers, i)];
    const through = nth(masks, i);
    const mask = sameSize(through, layer) ? through : filledPicture(layer.width, layer.height, [255]);
    made.push(imageOf(call, [await make({ background, layer, mask, size })]));
  }
  return [Image.cat(made)];
}
