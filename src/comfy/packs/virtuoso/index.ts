// The Virtuoso pack: Photoshop's blend modes on floats, and pictures of one colour.
import { refusal } from '../../../base/errors.js';
import type { ImageBatch, MaskBatch } from '../../../index.js';
import { combo, float, image, int, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import type { Named } from '../lib/each.js';
import { sextant } from '../lib/hsv.js';
import { halfEven } from '../lib/numbers.js';
import { type Floats, floatsOfImage, floatsOfMask, imageOfFloats } from '../lib/pictures.js';

const f = Math.fround;
const module = 'custom_nodes.virtuoso-nodes';
const clamp = (x: number): number => Math.min(Math.max(x, 0), 1);
const byte = float({ default: 0, min: 0, max: 255, step: 1 });
const side = int({ default: 1024, min: 1, max: 4096 });

type Mode = (backdrop: number, source: number) => number;

/** By channel, in float32 steps. The result is clamped to 0..1 and mixed. */
const simple = {
  normal: (_, b) => b,
  darken: Math.min,
  multiply: (a, b) => f(b * a),
  'color burn': (a, b) => f(1 - f(f(1 - a) / b)),
  'linear burn': (a, b) => f(f(a + b) - 1),
  lighten: Math.max,
  screen: (a, b) => f(1 - f(f(1 - b) * f(1 - a))),
  'color dodge': (a, b) => f(a / f(1 - b)),
  'linear dodge (add)': (a, b) => f(b + a),
  overlay: (a, b) => (a <= 0.5 ? f(f(2 * a) * b) : f(1 - f(f(2 * f(1 - a)) * f(1 - b)))),
  'soft light': (a, b) =>
    b <= 0.5
      ? f(f(f(2 * a) * b) + f(f(a * a) * f(1 - f(2 * b))))
      : f(f(f(2 * a) * f(1 - b)) + f(f(Math.sqrt(a)) * f(f(2 * b) - 1))),
  'hard light': (a, b) => (b <= 0.5 ? f(f(2 * b) * a) : f(1 - f(f(2 * f(1 - a)) * f(1 - b)))),
  'vivid light': (a, b) => (b <= 0.5 ? f(a / f(1 - f(2 * b))) : f(1 - f(f(1 - a) / f(f(2 * b) - 0.5)))),
  'linear light': (a, b) => f(f(a + f(2 * b)) - 1),
  'pin light': (a, b) => (b <= 0.5 ? Math.min(a, f(2 * b)) : Math.max(a, f(2 * f(b - 0.5)))),
  difference: (a, b) => Math.abs(f(a - b)),
  exclusion: (a, b) => f(f(a + b) - f(f(2 * a) * b)),
  subtract: (a, b) => f(a - b),
  divide: (a, b) => f(a / b),
} satisfies Record<string, Mode>;
const isSimple = (mode: string): mode is keyof typeof simple => Object.hasOwn(simple, mode);

type Color = readonly number[];

function hsvOf([r, g, b]: Color): number[] {
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  const range = f(most - least);
  const saturation = f(range / most);
  let hue = 0;
  if (most !== least) {
    const turn = (one: number, other: number): number => f(f(f(one - other) / range) / 6);
    if (most === r) hue = g >= b ? turn(g, b) : f(turn(g, b) + 1);
    if (most === g) hue = f(turn(b, r) + f(1 / 3));
    if (most === b) hue = f(turn(r, g) + f(2 / 3));
  }
  return [hue, Number.isNaN(saturation) ? 0 : saturation, most];
}

function rgbOf([h, s, v]: Color): Color {
  const turn = f(h * 6);
  const sixth = Math.floor(turn);
  const part = f(turn - sixth);
  const p = f(v * f(1 - s));
  const q = f(v * f(1 - f(part * s)));
  const t = f(v * f(1 - f(f(1 - part) * s)));
  return sextant(sixth, v, p, q, t);
}

/** Which of hue, saturation and value come from the source. */
const hues = { saturation: [1], color: [0, 1], luminosity: [2] } as const;
const isHue = (mode: string): mode is keyof typeof hues => Object.hasOwn(hues, mode);

/** The result of a mode that works on whole colours, before it is mixed. */
function blendOf(mode: string, a: Color, b: Color, share: number): Color {
  const [own, other] = [hsvOf(a), hsvOf(b)];
  if (mode === 'darker color') return other[2] < own[2] ? b : a;
  if (mode === 'lighter color') return other[2] > own[2] ? b : a;
  if (mode === 'hue') {
    // a gray source has no hue, so the result is gray
    return rgbOf([other[0], other[1] === 0 ? 0 : own[1], own[2]]);
  }
  if (isHue(mode)) {
    const mixed = [...own];
    for (const i of hues[mode]) mixed[i] = f(f(f(1 - share) * own[i]) + f(share * other[i]));
    return rgbOf(mixed);
  }
  // hard mix: linear light, already mixed, then black or white
  const light = a.map((v, c) => clamp(simple['linear light'](v, b[c])));
  return a.map((v, c) => clamp(halfEven(f(f(f(1 - share) * v) + f(share * light[c])))));
}

const MODES = [
  ...(['normal', 'dissolve', 'darken', 'multiply', 'color burn', 'linear burn', 'darker color', 'lighten'] as const),
  ...(['screen', 'color dodge', 'linear dodge (add)', 'lighter color', 'overlay', 'soft light', 'hard light'] as const),
  ...(['vivid light', 'linear light', 'pin light', 'hard mix', 'difference', 'exclusion', 'subtract'] as const),
  ...(['divide', 'hue', 'saturation', 'color', 'luminosity', 'grain extract', 'grain merge'] as const),
] as const;

/** Scales the source to the backdrop: stretched, or covering it and cut on the right and below. */
function fitting(source: ImageBatch, [, height, width]: readonly number[], way: 'crop' | 'stretch'): ImageBatch {
  const [, rows, columns] = source.shape;
  if (rows === height && columns === width) return source;
  const scale = Math.max(width / columns, height / rows);
  const large = { width: halfEven(columns * scale), height: halfEven(rows * scale) };
  const own = source.as('float32');
  if (way === 'stretch') return own.interpolate({ width, height, mode: 'bilinear' });
  return own.interpolate({ ...large, mode: 'bilinear' }).crop({ x: 0, y: 0, width, height });
}

/** With the mask, scaled to fit, as its alpha; otherwise with its own alpha, or 1. */
async function withAlpha(image: ImageBatch, through: MaskBatch | undefined, call: Named): Promise<Floats> {
  const { data, shape } = await floatsOfImage(image, call);
  const [batch, height, width, channels] = shape;
  if (channels === 4 && !through) return { data, shape };
  const own = through?.as('float32').interpolate({ width, height, mode: 'bilinear' });
  const alpha = own && (await floatsOfMask(own, call)).data;
  const made = new Float32Array(batch * height * width * 4);
  for (let i = 0; i < batch * height * width; i++) {
    for (let c = 0; c < 3; c++) made[i * 4 + c] = data[i * channels + c];
    made[i * 4 + 3] = alpha ? alpha[i % (width * height)] : 1;
  }
  return { data: made, shape: [batch, height, width, 4] };
}

export const nodes = {
  BlendModes: node({
    module,
    category: 'Virtuoso',
    title: 'Blend Modes',
    about:
      'The source on the backdrop by a mode, so much of it, where the mask (or its alpha) lets it; RGBA with the alpha of the backdrop. The source ' +
      'is made as large: stretched, or to cover it and cut.',
    quirk:
      'dissolve, which goes by chance, and grain extract and grain merge, which give numbers to 255 there, are refused; so are a mask for a ' +
      'source with alpha, and several masks: the original fails.',
    inputs: {
      ...{ backdrop: image, source: image, blend_mode: combo(MODES) },
      opacity: float({ default: 1, min: 0, max: 1, step: 0.01 }),
      ...{ source_adjust: combo(['crop', 'stretch']), invert_mask: combo(['yes', 'no']), mask: optional(mask) },
    },
    outputs: [['IMAGE', 'IMAGE']],
    async run({ backdrop, source, blend_mode, opacity, source_adjust, invert_mask, mask }, call) {
      if (['dissolve', 'grain extract', 'grain merge'].includes(blend_mode)) {
        throw refusal(call.node, 'blend_mode', 'another mode: this one is not here', blend_mode);
      }
      for (const [input, { shape }] of Object.entries({ backdrop, source })) {
        if (shape[3] < 3) throw refusal(call.node, input, 'of 3 or 4 channels', `shape [${shape}]`, 'bad-shape');
      }
      if (mask && (mask.shape[0] !== 1 || source.shape[3] === 4)) {
        throw refusal(call.node, 'mask', 'one mask, of a source without alpha', `shape [${mask.shape}]`, 'bad-shape');
      }
      if (source.shape[0] !== 1 && backdrop.shape[0] !== 1 && source.shape[0] !== backdrop.shape[0]) {
        throw refusal(call.node, 'source', 'as many as the backdrop, or one', source.shape[0], 'bad-shape');
      }
      const through = mask && invert_mask === 'yes' ? mask.as('float32').invert() : mask;
      const layer = imageOfFloats(call.device, await withAlpha(source, through, call));
      const over = await floatsOfImage(fitting(layer, backdrop.shape, source_adjust), call);
      const under = await withAlpha(backdrop, undefined, call);
      const most = Math.max(over.shape[0], under.shape[0]);
      const size = under.shape[1] * under.shape[2] * 4;
      const made = new Float32Array(most * size);
      const channelwise = isSimple(blend_mode) ? simple[blend_mode] : undefined;
      for (let i = 0; i < made.length; i += 4) {
        const at = (floats: Floats): number => (i % size) + (floats.shape[0] === 1 ? 0 : i - (i % size));
        const [from, to] = [at(over), at(under)];
        const share = f(over.data[from + 3] * f(opacity));
        const rest = f(1 - share);
        made[i + 3] = under.data[to + 3];
        if (channelwise) {
          for (let c = 0; c < 3; c++) {
            const [a, b] = [under.data[to + c], over.data[from + c]];
            made[i + c] = f(rest * a) + f(share * clamp(channelwise(a, b)));
          }
          continue;
        }
        const [a, b] = [[...under.data.subarray(to, to + 3)], [...over.data.subarray(from, from + 3)]];
        const blend = blendOf(blend_mode, a, b, share);
        for (let c = 0; c < 3; c++) {
          const mixed = f(f(rest * a[c]) + f(share * blend[c]));
          made[i + c] = isHue(blend_mode) || blend_mode === 'hue' ? clamp(mixed) : mixed;
        }
      }
      return [imageOfFloats(call.device, { data: made, shape: [most, under.shape[1], under.shape[2], 4] })];
    },
  }),

  SolidColorRGB: node({
    module,
    category: 'Virtuoso/Solid Color',
    title: 'Solid Color RGB',
    about: 'A picture of one colour: red, green and blue in bytes, or #rgb or #rrggbb if that is valid.',
    inputs: {
      ...{ red: byte, green: byte, blue: byte, height: side, width: side },
      hex: { ...string(''), optional: true },
    },
    outputs: [['IMAGE', 'solid color image']],
    run({ red, green, blue, height, width, hex }, { device }) {
      const digits = /^#*([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(hex)?.[1];
      const each = digits?.length === 3 ? [...digits].map((one) => one + one) : digits?.match(/../g);
      const ink = each ? each.map((one) => Number.parseInt(one, 16)) : [red, green, blue];
      const data = Float32Array.from({ length: height * width * 3 }, (_, i) => ink[i % 3] / 255);
      return [device.image(data, [1, height, width, 3])];
    },
  }),
};
