import { combo, float, image, int, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { type Filter, resized, resizedRgba } from '../lib/filters.js';
import { alphaOf, filledPicture, mapped, type Picture, paste, picturesOf, rgb, rgba } from '../lib/pillow.js';
import { graysOf, layerUtility, nth, pairsOf, sameSize } from './common.js';
import {
  type Compose,
  type EffectCall,
  type EffectInputs,
  first,
  layer_mask,
  layered,
  percent,
  second,
} from './layered.js';
import { mirrored, TURNING, turnedBy } from './turning.js';

interface Given extends EffectInputs {
  readonly opacity: number;
  readonly x_percent: number;
  readonly y_percent: number;
  readonly mirror: string;
  readonly scale: number;
  readonly aspect_ratio: number;
  readonly rotate: number;
  readonly transform_method: Filter;
  readonly anti_aliasing: number;
}

const place = float({ default: 50, min: -999, max: 999, step: 0.01 });
const times = float({ default: 1, min: 0.01, max: 100, step: 0.01 });
const placing = {
  opacity: percent(100),
  x_percent: place,
  y_percent: place,
  mirror: combo(['None', 'horizontal', 'vertical']),
  scale: times,
  aspect_ratio: times,
  rotate: float({ default: 0, min: -999999, max: 999999, step: 0.01 }),
  transform_method: combo(TURNING),
  anti_aliasing: int({ default: 0, min: 0, max: 16 }),
};

const advanced = {
  ...layerUtility,
  about:
    'Mirrors the layer, scales it (bicubic), rotates it counter-clockwise and blends it with its centre at x_percent, y_percent of the ' +
    'background, through its mask (or alpha); and that mask.',
  quirk: 'A mask of another size than the layer is left out.',
  outputs: [
    ['IMAGE', 'image'],
    ['MASK', 'mask'],
  ],
} as const;

async function placed(given: Given, call: EffectCall, compose: Compose, clear = false) {
  const { background_image, layer_image, invert_mask, mirror, scale, aspect_ratio } = given;
  const layers = await picturesOf(call.node, 'layer_image', layer_image, call);
  const masks = given.layer_mask ? await graysOf(given.layer_mask, call, invert_mask) : layers.map(alphaOf);
  const backgrounds = background_image
    ? await picturesOf(call.node, 'background_image', background_image, call)
    : layers.map(({ width, height }) => filledPicture(width, height, [0, 0, 0, 0]));
  const full = (one: Picture): Picture => (clear ? rgba(one) : rgb(one));
  const made: { canvas: Picture; own: Picture }[] = [];
  for (let i = 0; i < Math.max(backgrounds.length, layers.length, masks.length); i++) {
    const canvas = full(nth(backgrounds, i));
    const layer = mirrored(nth(layers, i), mirror);
    const mask = nth(masks, i);
    const through = sameSize(mask, layer) ? mirrored(mask, mirror) : filledPicture(layer.width, layer.height, [255]);
    const size = [Math.trunc(layer.width * scale), Math.trunc(layer.height * scale * aspect_ratio)] as const;
    const turn = (one: Picture): Promise<Picture> =>
      turnedBy(one, given.rotate, given.transform_method, given.anti_aliasing, call);
    const over = await turn(rgb(await resizedRgba(call.node, layer, ...size, call)));
    const alpha = await turn(await resized(call.node, through, ...size, call));
    const x = Math.trunc((canvas.width * given.x_percent) / 100 - over.width / 2);
    const y = Math.trunc((canvas.height * given.y_percent) / 100 - over.height / 2);
    const whole = mapped(canvas, (v) => v);
    paste(whole, full(over), x, y);
    const own = filledPicture(canvas.width, canvas.height, [0]);
    paste(own, alpha, x, y);
    paste(canvas, full(compose(canvas, clear ? rgb(whole) : whole, given.opacity)), 0, 0, own);
    made.push({ canvas, own });
  }
  return pairsOf(call, made);
}

export const nodes = {
  'LayerUtility: ImageBlendAdvance': node({
    ...advanced,
    title: 'LayerUtility: ImageBlendAdvance',
    inputs: { ...layered, blend_mode: combo(first.modes), ...placing, layer_mask },
    run: ({ blend_mode, ...given }, call) => placed(given, call, first.compose(call.node, blend_mode)),
  }),

  'LayerUtility: ImageBlendAdvance V2': node({
    ...advanced,
    title: 'LayerUtility: ImageBlendAdvance V2',
    quirk: `${advanced.quirk} dissolve, which goes by chance, is refused.`,
    inputs: { ...layered, blend_mode: combo(second.modes), ...placing, layer_mask },
    run: ({ blend_mode, ...given }, call) => placed(given, call, second.compose(call.node, blend_mode)),
  }),

  'LayerUtility: ImageBlendAdvance V3': node({
    ...advanced,
    title: 'LayerUtility: ImageBlendAdvance V3',
    quirk: `${advanced.quirk} Without a background it is transparent. dissolve, which goes by chance, is refused.`,
    inputs: {
      layer_image: image,
      invert_mask: layered.invert_mask,
      blend_mode: combo(second.modes),
      ...placing,
      background_image: optional(image),
      layer_mask,
    },
    run: ({ blend_mode, ...given }, call) => placed(given, call, second.compose(call.node, blend_mode), true),
  }),
};
