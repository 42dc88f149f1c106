// LayerStyle: masks of dark tones, light tones, or a range of tones.
import { boolean, combo, float, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { channelOf, filledPicture, inverted, luma, mapped, type Picture, paste, rgb } from '../lib/pillow.js';
import { checkSize, layerMask, layersOf, masksOf } from './common.js';

const f = Math.fround;
const channels = ['gray', 'red', 'green', 'blue'] as const;
const offset = int({ default: 0, min: -99, max: 99 });
const range = float({ default: 0.25, min: 0.01, max: 0.99, step: 0.01 });
const ofTones = (title: string) =>
  node({
    ...layerMask,
    title,
    about:
      'From the mean of the largest channel (where the mask is above 16) a dark and a light limit; what is darker, or lighter, in ramps ' +
      'of the width given, where the mask lets it.',
    inputs: {
      image,
      shadow_level_offset: offset,
      shadow_range: range,
      highlight_level_offset: offset,
      highlight_range: range,
      mask: optional(mask),
    },
    outputs: [
      ['MASK', 'shadow_mask'],
      ['MASK', 'highlight_mask'],
    ],
    async run({ image, mask, shadow_level_offset, shadow_range, highlight_level_offset, highlight_range }, call) {
      const layers = await layersOf(call.node, 'image', image, mask, call);
      const made = layers.map(({ picture, mask }) => {
        checkSize(call.node, 'mask', picture, mask);
        const colors = rgb(picture);
        const [shadow, highlight] = levels(mean(colors, mask));
        const dark = (shadow + shadow_level_offset) / 100;
        const light = (highlight + highlight_level_offset) / 100;
        return [
          through(keyed(colors, dark + shadow_range / 2, dark - shadow_range / 2), mask),
          through(keyed(colors, light - highlight_range / 2, light + highlight_range / 2), mask),
        ];
      });
      return [0, 1].map((which) =>
        masksOf(
          call,
          made.map((pair) => pair[which]),
        ),
      );
    },
  });

export const tones = {
  'LayerMask: Shadow & Highlight Mask': ofTones('LayerMask: Shadow & Highlight Mask'),

  'LayerMask: ShadowHighlightMaskV2': ofTones('LayerMask: Shadow Highlight Mask V2'),

  'LayerMask: BlendIf Mask': node({
    ...layerMask,
    title: 'LayerMask: BlendIf Mask',
    about:
      'White between two tones, with ramps to black outside black_point and inside white_point, where the mask lets it.',
    quirk: 'Equal points give white everywhere.',
    inputs: {
      image,
      invert_mask: boolean(true),
      blend_if: combo(channels),
      black_point: int({ default: 0, min: 0, max: 254 }),
      black_range: int({ default: 0, min: 0, max: 255 }),
      white_point: int({ default: 255, min: 1, max: 255 }),
      white_range: int({ default: 0, min: 0, max: 255 }),
      mask: optional(mask),
    },
    outputs: [['MASK', 'mask']],
    async run({ image, mask, invert_mask, blend_if, black_point, black_range, white_point, white_range }, call) {
      const table = window(black_point, black_range, white_point, white_range);
      const made = (await layersOf(call.node, 'image', image, mask, call, invert_mask)).map(({ picture, mask }) => {
        checkSize(call.node, 'mask', picture, mask);
        const colors = rgb(picture);
        const tone = blend_if === 'gray' ? luma(colors) : channelOf(colors, channels.indexOf(blend_if) - 1);
        return through(
          mapped(tone, (v) => table[v]),
          mask,
        );
      });
      return [masksOf(call, made)];
    },
  }),
};

/** Makes a picture black where the mask is black. */
function through(picture: Picture, mask: Picture): Picture {
  const made = { ...picture, data: Uint8Array.from(picture.data) };
  paste(made, filledPicture(picture.width, picture.height, [0]), 0, 0, inverted(mask));
  return made;
}

/** The mean of HSV's V where the mask is above 16. If it is nowhere, NaN, which leads to black. */
export function mean({ data }: Picture, mask: Picture): number {
  let [sum, count] = [0, 0];
  for (const [i, part] of mask.data.entries()) {
    if (part <= 16) continue;
    sum += Math.max(data[i * 3], data[i * 3 + 1], data[i * 3 + 2]);
    count++;
  }
  return sum / count;
}

export function levels(tone: number): [shadow: number, highlight: number] {
  const [cube, square] = [tone ** 3 / 255 ** 3, tone ** 2 / 255 ** 2];
  return [cube * 100 + (1 - cube) * 32, square * 100 + (1 - square) * 32];
}

export const limited = (x: number): number => (x < 0.01 ? 0.01 : x > 0.99 ? 0.99 : x);

/** A ramp of the luminance between two limits, in float32 steps. */
export function keyed({ data, width, height }: Picture, from: number, to: number): Picture {
  const [low, high] = [limited(from), limited(to)];
  const weights = [0.2126, 0.7152, 0.0722].map(f);
  const part = (at: number, c: number): number => f(weights[c] * f(data[at + c] / 255));
  const made = Uint8Array.from({ length: width * height }, (_, i) => {
    const tone = f(f(part(i * 3, 0) + part(i * 3, 1)) + part(i * 3, 2));
    const alpha = low === high ? Number(tone > f(high)) : f(f(tone - f(low)) / f(high - low));
    return f(255 * Math.min(Math.max(alpha, 0), 1));
  });
  return { data: made, width, height, channels: 1 };
}

/** The result for each tone: the darker of what the white limit and the black limit leave. */
function window(black: number, blackRange: number, white: number, whiteRange: number): number[] {
  const [up, down] = [Math.min(blackRange, 255 - black), Math.min(whiteRange, white)];
  return Array.from({ length: 256 }, (_, v) => {
    if (black === white) return 255;
    let over = 0;
    if (white < 255 || down > 0) {
      if (v > white) over = 255;
      else if (v > white - down) over = Math.trunc(((v - white + down) / down) * 255);
    }
    // the original draws twice on the same picture, so tones above white stay in it
    let under = over;
    if (black > 0 || up > 0) {
      if (v < black) under = 255;
      else if (v < black + up) under = 255 - Math.trunc(((v - black) / up) * 255);
    }
    return Math.trunc(Math.min((255 - over) / 255, (255 - under) / 255) * 255);
  });
}
