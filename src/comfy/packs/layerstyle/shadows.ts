import { combo, image, int, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { hexColor } from '../lib/color.js';
import { filledPicture, inverted, mapped, type Picture, paste, rgb, rgba } from '../lib/pillow.js';
import { checkSize, grown, shifted, turned } from './common.js';
import {
  type Compose,
  type EffectCall,
  type EffectInputs,
  effect,
  first,
  layer_mask,
  layered,
  modesFrom,
  onLayers,
  percent,
  second,
  unmasked,
} from './layered.js';

interface Shadow extends EffectInputs {
  readonly opacity: number;
  readonly distance_x: number;
  readonly distance_y: number;
  readonly grow: number;
  readonly blur: number;
  readonly shadow_color: string;
}

const far = (fallback: number) => int({ default: fallback, min: -9999, max: 9999 });
const shadow = (distance: number, grow: number, blur: number, most = 100) => ({
  opacity: percent(50),
  distance_x: far(distance),
  distance_y: far(distance),
  grow: far(grow),
  blur: int({ default: blur, min: 0, max: most }),
  shadow_color: string('#000000'),
});

const behind =
  'A shadow behind the layer: its mask grown, blurred and moved, in a colour and a blend mode, so many percent of it.';
const inside =
  'A shadow inside the layer: what is outside its mask once that is grown, blurred and moved, in a colour and a blend mode.';
const still = 'Without a distance the shadow is not moved; the original fails.';
const drop = { ...effect, about: behind, quirk: `${unmasked} ${still}` } as const;
const inner = { ...effect, about: inside, quirk: `${unmasked} ${still}` } as const;

/** The mask moved by the shadow's distance, grown and blurred. */
function shade(mask: Picture, { distance_x, distance_y, grow, blur }: Shadow, call: EffectCall): Promise<Picture> {
  const moved = distance_x || distance_y ? shifted(mask, -distance_x, -distance_y, false, [0]) : mask;
  return grown(moved, grow, blur, call);
}

function dropShadow(given: Shadow, call: EffectCall, compose: Compose, clear = false) {
  const color = hexColor(call.node, 'shadow_color', given.shadow_color);
  return onLayers(given, call, async ({ background, layer, mask, size }) => {
    const canvas = clear ? rgba(background) : rgb(background);
    const alpha = await shade(mask, given, call);
    const made = compose(canvas, filledPicture(...size, color), given.opacity);
    checkSize(call.node, 'layer_image', made, alpha);
    const full = (one: Picture): Picture => (clear ? rgba(one) : rgb(one));
    paste(canvas, full(made), 0, 0, alpha);
    paste(canvas, full(layer), 0, 0, mask);
    return canvas;
  });
}

function innerShadow(given: Shadow, call: EffectCall, compose: Compose) {
  const color = hexColor(call.node, 'shadow_color', given.shadow_color);
  return onLayers(given, call, async ({ background, layer, mask, size }) => {
    const [canvas, own] = [rgb(background), rgb(layer)];
    const alpha = await shade(mask, given, call);
    const made = compose(own, filledPicture(...size, color), given.opacity);
    checkSize(call.node, 'layer_image', made, alpha);
    paste(own, made, 0, 0, inverted(alpha));
    paste(canvas, own, 0, 0, mask);
    return canvas;
  });
}

interface Glow extends EffectInputs {
  readonly opacity: number;
  readonly brightness: number;
  readonly glow_range: number;
  readonly blur: number;
  readonly light_color: string;
  readonly glow_color: string;
}

const glow = {
  opacity: percent(100),
  brightness: int({ default: 5, min: 2, max: 20 }),
  glow_range: far(48),
  blur: int({ default: 25, min: 0, max: 9999 }),
  light_color: string('#FFBF30'),
  glow_color: string('#FE0000'),
};

/** Rings of light from the outside in, each with a colour and a percentage. With `inward` they lie inside the mask. */
function glowing(given: Glow, call: EffectCall, compose: Compose, inward: boolean) {
  const { brightness, glow_range, opacity } = given;
  const [from, to] = [
    hexColor(call.node, 'glow_color', given.glow_color),
    hexColor(call.node, 'light_color', given.light_color),
  ];
  const between = (a: number, b: number, x: number): number => Math.trunc((b - a) * (x / brightness) + a);
  let spread = given.blur;
  return onLayers(given, call, async ({ background, layer, mask }) => {
    const [canvas, own] = [rgb(background), rgb(layer)];
    const times = spread / 20;
    const under = inward ? own : canvas;
    for (let x = 0, by = glow_range; x < brightness; x++, by -= Math.trunc(glow_range / brightness)) {
      const blur = Math.trunc(by * times);
      // as in the original, InnerGlow continues with this value for the next picture
      if (inward) spread = blur;
      const light = await grown(mask, inward ? -by : by, Math.abs(blur), call);
      const color = filledPicture(
        layer.width,
        layer.height,
        [0, 1, 2].map((c) => between(from[c], to[c], x)),
      );
      const made = compose(under, color, between(1, opacity, x));
      checkSize(call.node, 'layer_image', made, light);
      paste(under, made, 0, 0, inward ? mapped(light, turned) : light);
    }
    if (!inward) {
      paste(canvas, own, 0, 0, mask);
      return canvas;
    }
    checkSize(call.node, 'background_image', canvas, mask);
    paste(own, canvas, 0, 0, inverted(mask));
    return own;
  });
}

const rings =
  'a mask grown and blurred in rings, from glow_color to light_color, each ring more of the opacity, in a blend mode.';
const OUTWARD = { ...effect, about: `A glow around the layer: ${rings}`, quirk: unmasked } as const;
const INWARD = {
  ...effect,
  about: `A glow inside the layer: ${rings}`,
  quirk: `${unmasked} Each further picture is blurred as the last ring of the one before.`,
} as const;

const bright = modesFrom(first.modes, ['screen', 'add', 'lighter']);
const brighter = modesFrom(second.modes, [
  ...(['screen', 'linear dodge(add)', 'color dodge', 'lighten', 'dodge', 'hard light', 'linear light'] as const),
]);
const one = { ...layered, blend_mode: combo(first.modes) };
const two = { ...layered, blend_mode: combo(second.modes) };

export const nodes = {
  'LayerStyle: DropShadow': node({
    ...drop,
    title: 'LayerStyle: DropShadow',
    inputs: { ...one, ...shadow(25, 6, 18), layer_mask },
    run: ({ blend_mode, ...given }, call) => dropShadow(given, call, first.compose(call.node, blend_mode)),
  }),

  'LayerStyle: DropShadow V2': node({
    ...drop,
    title: 'LayerStyle: DropShadow V2',
    inputs: { ...two, ...shadow(25, 6, 18), layer_mask },
    run: ({ blend_mode, ...given }, call) => dropShadow(given, call, second.compose(call.node, blend_mode)),
  }),

  'LayerStyle: DropShadow V3': node({
    ...drop,
    title: 'LayerStyle: DropShadow V3',
    inputs: {
      layer_image: image,
      invert_mask: layered.invert_mask,
      blend_mode: combo(second.modes),
      ...shadow(25, 6, 18, 1000),
      background_image: optional(image),
      layer_mask,
    },
    run: ({ blend_mode, ...given }, call) => dropShadow(given, call, second.compose(call.node, blend_mode), true),
  }),

  'LayerStyle: InnerShadow': node({
    ...inner,
    title: 'LayerStyle: InnerShadow',
    inputs: { ...one, ...shadow(5, 2, 15), layer_mask },
    run: ({ blend_mode, ...given }, call) => innerShadow(given, call, first.compose(call.node, blend_mode)),
  }),

  'LayerStyle: InnerShadow V2': node({
    ...inner,
    title: 'LayerStyle: InnerShadow V2',
    inputs: { ...two, ...shadow(5, 2, 15), layer_mask },
    run: ({ blend_mode, ...given }, call) => innerShadow(given, call, second.compose(call.node, blend_mode)),
  }),

  'LayerStyle: OuterGlow': node({
    ...OUTWARD,
    title: 'LayerStyle: OuterGlow',
    inputs: { ...layered, blend_mode: bright, ...glow, layer_mask },
    run: ({ blend_mode, ...given }, call) => glowing(given, call, first.compose(call.node, blend_mode), false),
  }),

  'LayerStyle: OuterGlow V2': node({
    ...OUTWARD,
    title: 'LayerStyle: OuterGlow V2',
    inputs: { ...layered, blend_mode: brighter, ...glow, layer_mask },
    run: ({ blend_mode, ...given }, call) => glowing(given, call, second.compose(call.node, blend_mode), false),
  }),

  'LayerStyle: InnerGlow': node({
    ...INWARD,
    title: 'LayerStyle: InnerGlow',
    inputs: { ...layered, blend_mode: bright, ...glow, layer_mask },
    run: ({ blend_mode, ...given }, call) => glowing(given, call, first.compose(call.node, blend_mode), true),
  }),

  'LayerStyle: InnerGlow V2': node({
    ...INWARD,
    title: 'LayerStyle: InnerGlow V2',
    inputs: { ...layered, blend_mode: brighter, ...glow, layer_mask },
    run: ({ blend_mode, ...given }, call) => glowing(given, call, second.compose(call.node, blend_mode), true),
  }),
};
