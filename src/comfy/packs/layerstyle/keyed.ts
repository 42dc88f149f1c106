// LayerStyle: recolours the dark and light tones of pictures.
import { float, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { brightened, saturated } from '../lib/enhance.js';
import { blurred } from '../lib/filters.js';
import { fromHsv, toHsv } from '../lib/hsv.js';
import { imageOf, inverted, mapped, type Picture, paste, rgb } from '../lib/pillow.js';
import { checkSize, layerColor, layersOf } from './common.js';
import { keyed, levels, mean } from './tones.js';

const factor = float({ default: 1, min: 0, max: 3, step: 0.01 });
const hue = int({ default: 0, min: -255, max: 255 });
const offset = int({ default: 0, min: -99, max: 99 });
const range = float({ default: 0.25, min: 0.01, max: 0.99, step: 0.01 });

interface Change {
  readonly brightness: number;
  readonly saturation: number;
  readonly hue: number;
}

function changed(picture: Picture, { brightness, saturation, hue }: Change): Picture {
  const made = saturated(brightened(picture, brightness), saturation);
  return hue ? fromHsv(mapped(toHsv(made), (v, i) => (i % 3 === 0 ? (v + hue + 512) % 256 : v))) : made;
}

const ofTones = (title: string) =>
  node({
    ...layerColor,
    title,
    about:
      'From the mean of the largest channel (where the mask is above 16) a dark and a light limit; what is darker, and lighter, in ramps of ' +
      'the width given, by its own brightness, saturation and hue, where the mask (or the alpha) lets it. Without alpha.',
    inputs: {
      image,
      ...{ shadow_brightness: factor, shadow_saturation: factor, shadow_hue: hue },
      ...{ shadow_level_offset: offset, shadow_range: range },
      ...{ highlight_brightness: factor, highlight_saturation: factor, highlight_hue: hue },
      ...{ highlight_level_offset: offset, highlight_range: range },
      mask: optional(mask),
    },
    outputs: [['IMAGE', 'image']],
    async run({ image, mask, ...given }, call) {
      const dark = {
        ...{ brightness: given.shadow_brightness, saturation: given.shadow_saturation, hue: given.shadow_hue },
        ...{ offset: given.shadow_level_offset, reach: -given.shadow_range / 2 },
      };
      const light = {
        ...{ brightness: given.highlight_brightness, saturation: given.highlight_saturation, hue: given.highlight_hue },
        ...{ offset: given.highlight_level_offset, reach: given.highlight_range / 2 },
      };
      const made: Picture[] = [];
      for (const { picture, mask: own } of await layersOf(call.node, 'image', image, mask, call)) {
        call.signal?.throwIfAborted();
        checkSize(call.node, 'mask', picture, own);
        const colors = rgb(picture);
        const canvas = rgb(picture);
        const limits = levels(mean(colors, own));
        for (const [i, part] of [dark, light].entries()) {
          if (part.brightness === 1 && part.saturation === 1 && !part.hue) continue;
          const middle = (limits[i] + part.offset) / 100;
          const key = keyed(colors, middle - part.reach, middle + part.reach);
          const soft = await blurred(key, Math.floor((key.width + key.height) / 800), call);
          paste(canvas, changed(colors, part), 0, 0, soft);
          paste(canvas, colors, 0, 0, inverted(own));
        }
        made.push(canvas);
      }
      return [imageOf(call, made)];
    },
  });

export const nodes = {
  'LayerColor: Color of Shadow & Highlight': ofTones('LayerColor: Color of Shadow & Highlight'),

  'LayerColor: ColorofShadowHighlightV2': ofTones('LayerColor: Color of Shadow Highlight V2'),
};
