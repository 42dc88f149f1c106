// LayerStyle: stretches the tones of pictures over the full range, entirely or within a mask.
import type { ImageBatch, MaskBatch } from '../../../index.js';
import { combo, float, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import type { Named } from '../lib/each.js';
import { brightened, contrasted, gammaOf, saturated } from '../lib/enhance.js';
import { labReader } from '../lib/fromLab.js';
import { fromHsv, toHsv } from '../lib/hsv.js';
import {
  alphaOf,
  blended,
  channelOf,
  filledPicture,
  imageOf,
  inverted,
  luma,
  mapped,
  type Picture,
  paste,
  picturesOf,
  rgb,
  rgba,
} from '../lib/pillow.js';
import { checkSize, type Layer, layerColor, layerFilter, layersOf } from './common.js';
import { mix } from './mix.js';
import { merged } from './turning.js';

const f = Math.fround;
const percent = int({ default: 0, min: -100, max: 100 });
const strength = int({ default: 100, min: 0, max: 100 });
const share = (fallback: number) => float({ default: fallback, min: 0, max: 1, step: 0.01 });
const outputs = [['IMAGE', 'image']] as const;
const tints = { red: percent, green: percent, blue: percent };
const factorOf = (value: number): number => value / (value < 0 ? 100 : 50) + 1;
/** chromask's names for the channels of Lab. */
const LAB = ['L(LAB)', 'A(Lab)', 'B(Lab)'] as const;
const splitChannels = (picture: Picture): Picture[] => [0, 1, 2].map((c) => channelOf(picture, c));

/** convert('LAB').split(). */
async function labOf(picture: Picture, { device, signal }: Named): Promise<Picture[]> {
  const { data, width, height } = picture;
  const image = device.image(data, [1, height, width, 3]);
  return Promise.all(
    LAB.map(async (name) => ({ data: await image.channel(name).bytes({ signal }), width, height, channels: 1 })),
  );
}

/** Stretches the tones to the full range, ignoring rare ones. A picture of one tone becomes black. */
async function normalized(picture: Picture, { device, signal }: Named): Promise<Picture> {
  const { data, width, height } = picture;
  return { ...picture, data: await device.mask(data, [1, height, width]).normalize().bytes({ signal }) };
}

/** Applies a separate gamma to red, green and blue. */
const tinted = (picture: Picture, amounts: readonly number[]): Picture =>
  merged(
    splitChannels(picture).map((own, c) =>
      amounts[c] ? gammaOf(own, 0.00005 * amounts[c] * amounts[c] - 0.01 * amounts[c] + 1) : own,
    ),
  );

/** Changes the colours of each picture with its mask. Alpha stays. */
async function eachLayer(
  image: ImageBatch,
  mask: MaskBatch | undefined,
  call: Named,
  make: (layer: Layer) => Promise<Picture>,
): Promise<[ImageBatch]> {
  const made: Picture[] = [];
  for (const layer of await layersOf(call.node, 'image', image, mask, call)) {
    call.signal?.throwIfAborted();
    checkSize(call.node, 'mask', layer.picture, layer.mask);
    const colors = await make(layer);
    made.push(layer.picture.channels === 4 ? rgba(colors, alphaOf(layer.picture)) : colors);
  }
  return [imageOf(call, made)];
}

interface Amounts {
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
}

const enhanced = (picture: Picture, { brightness, contrast, saturation }: Amounts): Picture => {
  const bright = brightened(picture, factorOf(brightness));
  return saturated(contrasted(bright, factorOf(contrast)), factorOf(saturation));
};

export const nodes = {
  'LayerColor: AutoBrightness': node({
    ...layerColor,
    title: 'LayerColor: AutoBrightness',
    about:
      'Stretches the lightness of Lab within the mask, then applies a gamma that depends on its mean there, at a percentage, and adds to the ' +
      'saturation. Alpha stays.',
    quirk: 'If the lightness within the mask is uniform, it stays unchanged; the original fails.',
    inputs: {
      image,
      strength: int({ default: 75, min: 0, max: 100 }),
      saturation: int({ default: 8, min: -255, max: 255 }),
      mask: optional(mask),
    },
    outputs,
    run({ image, mask, strength, saturation }, call) {
      const read = labReader();
      return eachLayer(image, mask, call, async ({ picture, mask }) => {
        const [l, a, b] = await labOf(rgb(picture), call);
        const colors = read(leveled(l, mask, strength), a, b);
        if (!saturation) return colors;
        const more = (v: number, i: number): number => (i % 3 === 1 ? Math.min(Math.max(v + saturation, 0), 255) : v);
        return fromHsv(mapped(toHsv(colors), more));
      });
    },
  }),

  'LayerColor: AutoAdjust': node({
    ...layerColor,
    title: 'LayerColor: AutoAdjust',
    about:
      'Stretches red, green and blue to the full range, each with its own gamma, then applies brightness, contrast and saturation; mixed into ' +
      'the picture at a percentage. Alpha stays.',
    inputs: { image, strength, brightness: percent, contrast: percent, saturation: percent, ...tints },
    outputs,
    run: ({ image, strength, red, green, blue, ...amounts }, call) =>
      eachLayer(image, undefined, call, async ({ picture }) => {
        const all = await Promise.all(splitChannels(rgb(picture)).map((one) => normalized(one, call)));
        const made = enhanced(tinted(merged(all), [red, green, blue]), amounts);
        return mix(call.node, picture, made, 'normal', strength);
      }),
  }),

  'LayerColor: AutoAdjustV2': node({
    ...layerColor,
    title: 'LayerColor: AutoAdjust V2',
    about:
      'Channels by the mode over the whole range, tones outside the mask counted as gray; then gammas of red, green and blue, brightness, ' +
      'contrast and saturation; so many percent of it on the picture, where the mask lets it. Alpha stays.',
    inputs: {
      ...{ image, strength, brightness: percent, contrast: percent, saturation: percent, ...tints },
      mode: combo(['RGB', 'lum + sat', 'mono', 'luminance', 'saturation']),
      mask: optional(mask),
    },
    outputs,
    run({ image, mask, strength, mode, red, green, blue, ...amounts }, call) {
      const read = mode === 'luminance' || mode === 'lum + sat' ? labReader() : undefined;
      return eachLayer(image, mask, call, async ({ picture, mask }) => {
        const level = (own: Picture): Promise<Picture> => {
          const canvas = filledPicture(own.width, own.height, [128]);
          paste(canvas, own, 0, 0, mask);
          return normalized(canvas, call);
        };
        let colors = rgb(picture);
        if (mode === 'RGB') colors = merged(await Promise.all(splitChannels(colors).map(level)));
        if (mode === 'mono') colors = rgb(await level(luma(colors)));
        if (mode === 'lum + sat' || mode === 'saturation') {
          const [h, s, v] = splitChannels(toHsv(colors));
          colors = fromHsv(merged([h, await level(s), v]));
        }
        if (read) {
          const [l, a, b] = await labOf(colors, call);
          colors = read(await level(l), a, b);
        }
        const made = enhanced(mode === 'mono' ? colors : tinted(colors, [red, green, blue]), amounts);
        const mixed = mix(call.node, picture, made, 'normal', strength);
        paste(mixed, rgb(picture), 0, 0, inverted(mask));
        return mixed;
      });
    },
  }),

  'LayerFilter: HDREffects': node({
    ...layerFilter,
    title: 'LayerFilter: HDR Effects',
    about:
      'The lightness of Lab, its dark tones darker and its light ones lighter; then contrast and saturation. Without alpha.',
    quirk:
      'gamma_intensity changes nothing, as in the original. A picture of one channel is refused; the original fails.',
    inputs: {
      image,
      hdr_intensity: float({ default: 0.5, min: 0, max: 5, step: 0.01 }),
      ...{ shadow_intensity: share(0.25), highlight_intensity: share(0.75), gamma_intensity: share(0.25) },
      ...{ contrast: share(0.1), enhance_color: share(0.25) },
    },
    outputs,
    async run({ image, hdr_intensity, shadow_intensity, highlight_intensity, contrast, enhance_color }, call) {
      const table = toned(hdr_intensity, shadow_intensity, highlight_intensity);
      const read = labReader();
      const made: Picture[] = [];
      for (const one of await picturesOf(call.node, 'image', image, call)) {
        call.signal?.throwIfAborted();
        const [l, a, b] = await labOf(rgb(one), call);
        const colors = read(
          mapped(l, (v) => table[v]),
          a,
          b,
        );
        made.push(saturated(contrasted(colors, 1 + contrast), 1 + enhance_color * 0.2));
      }
      return [imageOf(call, made)];
    },
  }),
};

/** histogram_equalization, of which `strength` percent are mixed with the stretched channel. */
function leveled(l: Picture, mask: Picture, strength: number): Picture {
  let [least, most, sum, count] = [255, 0, 0, 0];
  for (const [i, v] of l.data.entries()) {
    if (mask.data[i] === 0) continue;
    [least, most] = [Math.min(least, v), Math.max(most, v)];
    sum += v;
    count++;
  }
  if (count === 0 || least === most) return l;
  // the original stretches the whole channel, also outside the mask, where it is clipped
  const stretched = mapped(l, (v) => Math.min(Math.max(((v - least) / (most - least)) * 255, 0), 255));
  const gamma = ((Math.trunc(sum / count) - 127) / 127) * (strength / 100) * 0.66 + 1;
  const made = gammaOf(stretched, gamma);
  if (strength === 0) return stretched;
  return strength === 100 ? made : blended(made, stretched, 1 - strength / 100);
}

/** merge_adjustments_with_blend_modes for each lightness, in numpy's float32 steps. */
function toned(hdr: number, shadow: number, highlight: number): Uint8Array {
  const [dark, light] = [f(shadow ** 2 * hdr), f(highlight ** 2 * hdr)];
  const cut = (x: number, most = 255): number => Math.min(Math.max(x, 0), most);
  return Uint8Array.from({ length: 256 }, (_, v) => {
    const part = f(v / 255);
    const low = cut(f(f(1 - part) ** 2), 1);
    const high = cut(f(part * part), 1);
    const lower = cut(f(v * f(1 - f(low * dark))));
    const higher = cut(f(v + f(f((255 - v) * high) * light)));
    const both = cut(f(f(lower + higher) - v));
    return cut(f(f(v * f(1 - hdr)) + f(both * f(hdr))));
  });
}
