// Blends a layer with a background in one of LayerStyle's original blend modes.
import { refusal } from '../../../base/errors.js';
import { chops, onFloats } from '../lib/chops.js';
import { blended, cropped, mapped, type Picture } from '../lib/pillow.js';
import { sameSize, sizeOf } from './common.js';

export const chopModes = ['normal', ...keysOf(chops), ...keysOf(onFloats)] as const;
export type ChopMode = 'normal' | keyof typeof chops | keyof typeof onFloats;

const isChop = (mode: string): mode is keyof typeof chops => Object.hasOwn(chops, mode);

/** chop_image: blends the layer with the background, then mixes `opacity` percent of it in. */
export function chop(node: string, background: Picture, layer: Picture, mode: ChopMode, opacity: number): Picture {
  const wrong = (one: Picture): Error =>
    refusal(node, 'layer_image', `of the background's size (${sizeOf(background)})`, sizeOf(one), 'bad-shape');
  if (opacity === 0) return background;
  const made = whole();
  if (opacity === 100) return made;
  if (!sameSize(made, background)) throw wrong(made);
  return blended(made, background, 1 - opacity / 100);

  function whole(): Picture {
    if (mode === 'normal') return layer;
    if (!isChop(mode)) {
      if (!sameSize(layer, background)) throw wrong(layer);
      const own = onFloats[mode];
      return mapped(background, (v, at) => own(v, layer.data[at]));
    }
    const [width, height] = [Math.min(layer.width, background.width), Math.min(layer.height, background.height)];
    const [a, b] = [background, layer].map((one) => cropped(one, [0, 0, width, height]));
    return mapped(a, (v, at) => chops[mode](v, b.data[at]));
  }
}

function keysOf<K extends string>(modes: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(modes) as K[];
}
