// Blends a layer with a background in one of LayerStyle's thirty newer blend modes.
import { refusal } from '../../../base/errors.js';
import { HUES, hued } from '../lib/hues.js';
import { mixedByte, modeOf } from '../lib/modes.js';
import { alphaOf, filledPicture, mapped, type Picture, rgb } from '../lib/pillow.js';
import { sameSize, sizeOf } from './common.js';

export const mixModes = [
  ...(['normal', 'dissolve', 'darken', 'multiply', 'color burn', 'linear burn', 'darker color', 'lighten'] as const),
  ...(['screen', 'color dodge', 'linear dodge(add)', 'lighter color', 'dodge', 'overlay', 'soft light'] as const),
  ...(['hard light', 'vivid light', 'linear light', 'pin light', 'hard mix', 'difference', 'exclusion'] as const),
  ...(['subtract', 'divide', 'hue', 'saturation', 'color', 'luminosity', 'grain extract', 'grain merge'] as const),
] as const;
export type MixMode = (typeof mixModes)[number];
type Hue = (typeof HUES)[number];

const isHue = (mode: MixMode): mode is Hue => HUES.some((one) => one === mode);

/** chop_image_v2: blends an opaque layer with an RGB or RGBA background at a percentage. Gives RGB. */
export function mix(node: string, background: Picture, layer: Picture, mode: MixMode, percent: number): Picture {
  if (!sameSize(background, layer)) {
    const size = `of the background's size (${sizeOf(background)})`;
    throw refusal(node, 'layer_image', size, sizeOf(layer), 'bad-shape');
  }
  const opacity = percent / 100;
  if (mode === 'dissolve') throw refusal(node, 'blend_mode', 'one that is not by chance', mode);
  if (mode === 'darker color' || mode === 'lighter color') {
    return byPixel((a, b) => {
      const [own, other] = [Math.max(...a), Math.max(...b)];
      const chosen = (mode === 'darker color' ? other < own : other > own) ? b : a;
      return a.map((v, c) => mixedByte(v, chosen[c], opacity));
    });
  }
  if (isHue(mode)) return byPixel((a, b) => hued(mode, a, b, opacity));
  const own = modeOf(mode, opacity);
  if (background.channels === 3) return mapped(background, (v, at) => own(v, layer.data[at]));
  const alphas = alphaOf(background).data;
  return mapped(rgb(background), (v, at) => own(v, layer.data[at], alphas[Math.floor(at / 3)] / 255));

  function byPixel(make: (a: [number, number, number], b: [number, number, number]) => readonly number[]): Picture {
    const made = filledPicture(background.width, background.height, [0, 0, 0]);
    const at = ({ data }: Picture, i: number): [number, number, number] => [data[i], data[i + 1], data[i + 2]];
    const under = rgb(background);
    for (let i = 0; i < made.data.length; i += 3) made.data.set(make(at(under, i), at(layer, i)), i);
    return made;
  }
}
