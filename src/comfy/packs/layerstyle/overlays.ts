import { combo, int, string } from '../../inputs.js';
import { node } from '../../node.js';
import { hexColor } from '../lib/color.js';
import { resized } from '../lib/filters.js';
import { cropped, filledPicture, inverted, luma, mapped, type Picture, paste, rgb } from '../lib/pillow.js';
import { checkSize, grown } from './common.js';
import {
  type Compose,
  type EffectCall,
  type EffectInputs,
  effect,
  first,
  layer_mask,
  layered,
  onLayers,
  percent,
  second,
  unmasked,
} from './layered.js';
import { turnedBy } from './turning.js';

interface Given extends EffectInputs {
  readonly opacity: number;
}

const one = { ...layered, blend_mode: combo(first.modes), opacity: percent(100) };
const two = { ...layered, blend_mode: combo(second.modes), opacity: percent(100) };

interface Stroke extends Given {
  readonly stroke_grow: number;
  readonly stroke_width: number;
  readonly blur: number;
  readonly stroke_color: string;
}

const stroke = {
  stroke_grow: int({ default: 0, min: -999, max: 999 }),
  stroke_width: int({ default: 8, min: 0, max: 999 }),
  blur: int({ default: 0, min: 0, max: 100 }),
  stroke_color: string('#FF0000'),
  layer_mask,
};

const f = Math.fround;
/** a less b, at least 0, computed in floats and turned into a byte again. */
const beyond = (a: number, b: number): number => Math.max(f(255 * f(f(a / 255) - f(b / 255))), 0);

function stroked(given: Stroke, call: EffectCall, compose: Compose) {
  const color = hexColor(call.node, 'stroke_color', given.stroke_color);
  const least = given.stroke_grow - Math.trunc(given.stroke_width / 2);
  return onLayers(given, call, async ({ background, layer, mask }) => {
    const [canvas, own] = [rgb(background), rgb(layer)];
    const inner = await grown(mask, least, given.blur, call);
    const outer = await grown(mask, least + given.stroke_width, given.blur, call);
    const line = mapped(outer, (v, at) => beyond(v, inner.data[at]));
    const made = compose(own, filledPicture(layer.width, layer.height, color), given.opacity);
    paste(canvas, own, 0, 0, mask);
    paste(canvas, made, 0, 0, line);
    return canvas;
  });
}

function colored(given: Given & { readonly color: string }, call: EffectCall, compose: Compose) {
  const color = hexColor(call.node, 'color', given.color);
  return onLayers(given, call, ({ background, layer, mask, size }) => {
    const canvas = rgb(background);
    const made = compose(rgb(layer), filledPicture(...size, color), given.opacity);
    checkSize(call.node, 'layer_image', made, mask);
    paste(canvas, made, 0, 0, mask);
    return canvas;
  });
}

interface Gradient extends Given {
  readonly start_color: string;
  readonly start_alpha: number;
  readonly end_color: string;
  readonly end_alpha: number;
  readonly angle: number;
}

const byte = int({ default: 255, min: 0, max: 255 });
const gradient = {
  start_color: string('#FFBF30'),
  start_alpha: byte,
  end_color: string('#FE0000'),
  end_alpha: byte,
  angle: int({ default: 0, min: -180, max: 180 }),
  layer_mask,
};

/** A vertical gradient between two colours, rotated and cut from the middle of a square three times as large. */
async function gradientOf(
  from: readonly number[],
  to: readonly number[],
  [width, height]: readonly [number, number],
  angle: number,
  call: EffectCall,
): Promise<Picture> {
  const side = Math.trunc((width + height) / 4);
  const column = filledPicture(side, side * 3, from);
  for (let y = 0; y < side * 2; y++) {
    const color = from.map((v, c) => (y < side ? Math.trunc((v * (side - y)) / side + (to[c] * y) / side) : to[c]));
    for (let x = 0; x < side; x++) column.data.set(color, ((side + y) * side + x) * 3);
  }
  const square = await resized(call.node, column, side * 3, side * 3, call);
  const canvas = await turnedBy(square, angle, 'lanczos', 0, call);
  const middle = Math.trunc(canvas.width / 2);
  const [x, y] = [Math.trunc(width / 3), Math.trunc(height / 3)];
  const part = cropped(canvas, [middle - x, middle - y, middle + x, middle + y]);
  return resized(call.node, part, width, height, call);
}

async function graded(given: Gradient, call: EffectCall, compose: Compose) {
  const { start_alpha, end_alpha, angle } = given;
  const from = hexColor(call.node, 'start_color', given.start_color);
  const to = hexColor(call.node, 'end_color', given.end_color);
  const [, height, width] = given.layer_image.shape;
  const colors = await gradientOf(from, to, [width, height], angle, call);
  const gray = (v: number): number[] => [v, v, v];
  const alpha = luma(await gradientOf(gray(start_alpha), gray(end_alpha), [width, height], angle, call));
  return onLayers(given, call, ({ background, layer, mask }) => {
    const [canvas, own] = [rgb(background), rgb(layer)];
    const made = mapped(compose(own, colors, given.opacity), (v) => v);
    if (start_alpha < 255 || end_alpha < 255) paste(made, own, 0, 0, inverted(alpha));
    paste(canvas, made, 0, 0, mask);
    return canvas;
  });
}

const line = {
  ...effect,
  about: 'A line of a colour along the edge of the mask, in a blend mode.',
  quirk: unmasked,
} as const;
const over = { ...effect, about: 'A colour over the layer, in a blend mode.', quirk: unmasked } as const;
const across = {
  ...effect,
  about: 'A gradient from one colour and alpha to another over the layer, turned by the angle, in a blend mode.',
  quirk: unmasked,
} as const;

export const nodes = {
  'LayerStyle: Stroke': node({
    ...line,
    title: 'LayerStyle: Stroke',
    inputs: { ...one, ...stroke },
    run: ({ blend_mode, ...given }, call) => stroked(given, call, first.compose(call.node, blend_mode)),
  }),

  'LayerStyle: Stroke V2': node({
    ...line,
    title: 'LayerStyle: Stroke V2',
    inputs: { ...two, ...stroke },
    run: ({ blend_mode, ...given }, call) => stroked(given, call, second.compose(call.node, blend_mode)),
  }),

  'LayerStyle: ColorOverlay': node({
    ...over,
    title: 'LayerStyle: ColorOverlay',
    inputs: { ...one, color: string('#FFBF30'), layer_mask },
    run: ({ blend_mode, ...given }, call) => colored(given, call, first.compose(call.node, blend_mode)),
  }),

  'LayerStyle: ColorOverlay V2': node({
    ...over,
    title: 'LayerStyle: ColorOverlay V2',
    inputs: { ...two, color: string('#FFBF30'), layer_mask },
    run: ({ blend_mode, ...given }, call) => colored(given, call, second.compose(call.node, blend_mode)),
  }),

  'LayerStyle: GradientOverlay': node({
    ...across,
    title: 'LayerStyle: GradientOverlay',
    inputs: { ...one, ...gradient },
    run: ({ blend_mode, ...given }, call) => graded(given, call, first.compose(call.node, blend_mode)),
  }),

  'LayerStyle: GradientOverlay V2': node({
    ...across,
    title: 'LayerStyle: GradientOverlay V2',
    inputs: { ...two, ...gradient },
    run: ({ blend_mode, ...given }, call) => graded(given, call, second.compose(call.node, blend_mode)),
  }),
};
