// WAS: blends pictures by pilgram's CSS modes, in bytes.
import { refusal } from '../../../base/errors.js';
import { combo, float, image } from '../../inputs.js';
import { node } from '../../node.js';
import { checkOne } from '../lib/each.js';
import { halfEven } from '../lib/numbers.js';
import { alphaOf, imageOf, mapped, type Picture, picturesOf, rgb } from '../lib/pillow.js';
import { mixed } from './mixed.js';

const f = Math.fround;
const cut = (x: number): number => Math.min(Math.max(x, 0), 255);
const product = (a: number, b: number): number => Math.trunc((a * b) / 255);
const screen = (a: number, b: number): number => 255 - product(255 - a, 255 - b);

type Mode = (backdrop: number, source: number) => number;

const hardLight: Mode = (a, b) => (b < 128 ? product(a, 2 * b) : screen(a, 2 * b - 255));
/** How much soft light with white lightens a tone. */
function lift(v: number): number {
  const x = v / 255;
  return halfEven(((x <= 0.25 ? ((16 * x - 12) * x + 4) * x : Math.sqrt(x)) - x) * 255);
}

const modes = {
  add: (_, b) => b,
  color_burn: (a, b) => (a === 255 ? 255 : b === 0 ? 0 : cut(255 - Math.trunc(((255 - a) * 255) / b))),
  color_dodge: (a, b) => cut(f(f(b === 255 ? Number(a !== 0) : f(a / (255 - b))) * 255)),
  darken: Math.min,
  difference: (a, b) => Math.abs(a - b),
  exclusion: (a, b) => screen(a, b) - product(a, b),
  hard_light: hardLight,
  lighten: Math.max,
  multiply: product,
  overlay: (a, b) => hardLight(b, a),
  screen,
  soft_light: (a, b) =>
    b <= 128 ? cut(a - product(cut(255 - 2 * b), halfEven(a * (1 - a / 255)))) : cut(a + product(2 * b - 255, lift(a))),
} satisfies Record<string, Mode>;
const isMode = (name: string): name is keyof typeof modes => Object.hasOwn(modes, name);

const MODES = [
  ...(['add', 'color', 'color_burn', 'color_dodge', 'darken', 'difference', 'exclusion', 'hard_light', 'hue'] as const),
  ...(['lighten', 'multiply', 'overlay', 'screen', 'soft_light'] as const),
] as const;

/**
 * Blends two pictures. Where one is transparent, the other shows. overlay is hard light with the pictures exchanged.
 */
function blended(first: Picture, second: Picture, mode: Mode): Picture {
  const [a, b] = [rgb(first), rgb(second)];
  const [over, under] = [alphaOf(first).data, alphaOf(second).data];
  const [clear, hasSecond] = [first.channels === 4, second.channels === 4];
  return mapped(a, (v, at) => {
    const [w, pixel] = [b.data[at], Math.floor(at / 3)];
    const made = mode(v, w) & 255;
    const [p, q] = [over[pixel], under[pixel]];
    if (clear && hasSecond) {
      const both = product(p, q);
      return cut(product(q - both, w) + product(both, made) + product(p - both, v));
    }
    if (clear) return cut(product(p, made) + product(255 - p, w));
    return hasSecond ? cut(product(q, made) + product(255 - q, v)) : made;
  });
}

export const nodes = {
  'Image Blending Mode': node({
    module: 'custom_nodes.was-node-suite-comfyui',
    category: 'WAS Suite/Image',
    title: 'Image Blending Mode',
    about:
      'The second picture on the first by a mode, so much of it, through bytes; add is the second one alone. Without alpha.',
    quirk:
      'color and hue are not here. A batch, gray pictures and pictures of two sizes are refused; the original fails.',
    inputs: {
      ...{ image_a: image, image_b: image, mode: combo(MODES) },
      blend_percentage: float({ default: 1, min: 0, max: 1, step: 0.01 }),
    },
    outputs: [['IMAGE', 'image']],
    async run({ image_a, image_b, mode, blend_percentage }, call) {
      if (!isMode(mode)) throw refusal(call.node, 'mode', 'another mode: this one is not here', mode);
      const [[a], [b]] = await Promise.all(
        Object.entries({ image_a, image_b }).map(([input, one]) => {
          checkOne(call.node, input, one);
          if (one.shape[3] < 3) {
            throw refusal(call.node, input, 'of 3 or 4 channels', `shape [${one.shape}]`, 'bad-shape');
          }
          return picturesOf(call.node, input, one, call);
        }),
      );
      if (a.width !== b.width || a.height !== b.height) {
        throw refusal(
          call.node,
          'image_b',
          `as large as image_a (${a.width} x ${a.height})`,
          `${b.width} x ${b.height}`,
        );
      }
      return [imageOf(call, [mixed(rgb(a), blended(a, b, modes[mode]), blend_percentage)])];
    },
  }),
};
