// What the nodes of Inpaint-CropAndStitch do to a mask before they cut: holes filled, grown, blurred and cut off below.
import type { Plane } from '../lib/each.js';
import { scipyFloatsInSteps } from '../lib/gaussian.js';
import { dilating } from '../lib/morphology.js';

type Floats = Plane<Float32Array>;

const THRESHOLDS = [1, 0.99, 0.97, 0.95, 0.93, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1] as const;

/** So many pixels are visited between two steps. */
const STRIDE = 2 ** 14;

/** Whether the originals compute on the processor, or with torch's own operations: they differ in even sizes and at the edges. */
export type Mode = 'cpu' | 'gpu';

/**
 * Step by step from light to dark: what is at least so light is closed, its holes filled, and all of that made at least so
 * light. What is beyond the edges counts as light. It can be stopped between the steps.
 */
function* filledByLevels({ data, width, height }: Floats): Generator<void, Floats> {
  const levels = Float64Array.from(data);
  const light = new Uint8Array(levels.length);
  let last: Uint8Array | undefined;
  for (const [i, threshold] of THRESHOLDS.entries()) {
    // the original compares floats the first time, and doubles from then on
    const limit = i === 0 ? Math.fround(threshold) : threshold;
    for (let at = 0; at < light.length; at++) light[at] = levels[at] >= limit ? 1 : 0;
    yield;
    // what was filled before is the same again
    if (last?.every((v, at) => v === light[at])) continue;
    const found = yield* holesFilled(yield* closed(light, width, height), width, height);
    for (let at = 0; at < levels.length; at++) if (found[at] && levels[at] < threshold) levels[at] = threshold;
    yield;
    last = found;
  }
  return { data: Float32Array.from(levels), width, height };
}

/** scipy's binary_closing by a square of three, ones outside. */
function* closed(light: Uint8Array, width: number, height: number): Generator<void, Uint8Array> {
  function* pass(from: Uint8Array, across: boolean, all: boolean): Generator<void, Uint8Array> {
    const to = new Uint8Array(from.length);
    const step = across ? 1 : width;
    for (let y = 0; y < height; y++) {
      for (let x = 0, at = y * width; x < width; x++, at++) {
        const before = (across ? x : y) > 0 ? from[at - step] : 1;
        const after = (across ? x < width - 1 : y < height - 1) ? from[at + step] : 1;
        to[at] = all ? before & from[at] & after : before | from[at] | after;
      }
      yield;
    }
    return to;
  }
  let made = light;
  for (const all of [false, true]) made = yield* pass(yield* pass(made, true, all), false, all);
  return made;
}

/** scipy's binary_fill_holes: dark that is not joined to the outside by sides becomes light. */
function* holesFilled(light: Uint8Array, width: number, height: number): Generator<void, Uint8Array> {
  const outside = new Uint8Array(light.length);
  const open: number[] = [];
  const visit = (at: number): void => {
    if (light[at] || outside[at]) return;
    outside[at] = 1;
    open.push(at);
  };
  for (let x = 0; x < width; x++) for (const y of [0, height - 1]) visit(y * width + x);
  for (let y = 0; y < height; y++) for (const x of [0, width - 1]) visit(y * width + x);
  for (let at = open.pop(), seen = 1; at !== undefined; at = open.pop(), seen++) {
    if (seen % STRIDE === 0) yield;
    const x = at % width;
    if (x > 0) visit(at - 1);
    if (x < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < light.length - width) visit(at + width);
  }
  return outside.map((v) => 1 - v);
}

const clamped = ({ data, ...size }: Floats): Floats => ({
  data: data.map((x) => Math.min(Math.max(x, 0), 1)),
  ...size,
});

/** Grown by a square whose side goes by so many pixels. */
function* expandedBy(plane: Floats, pixels: number, mode: Mode): Generator<void, Floats> {
  const side = Math.ceil((pixels / 4) * 1.5 + 1);
  return clamped(yield* dilating(plane, mode === 'gpu' && side % 2 === 0 ? side + 1 : side));
}

/** A Gaussian of a quarter of so many pixels: the edge is mirrored, or dark in the mode for GPUs. */
export function* blurredBy(plane: Floats, pixels: number, mode: Mode): Generator<void, Floats> {
  const beyond = mode === 'gpu' ? 'dark' : 'mirrored';
  return clamped({ ...plane, data: yield* scipyFloatsInSteps(plane, pixels / 4, beyond) });
}

const invertedFloats = ({ data, ...size }: Floats): Floats => ({ ...size, data: data.map((x) => 1 - x) });

interface Ways {
  readonly mask_fill_holes: boolean;
  readonly mask_expand_pixels: number;
  readonly mask_invert: boolean;
  readonly mask_blend_pixels: number;
  readonly mask_hipass_filter: number;
}

/** What is done to a mask before anything is cut: filled, grown, inverted, softened and cut off below, as far as it is asked for. */
export function* prepared(plane: Floats, ways: Ways, mode: Mode): Generator<void, Floats> {
  const { mask_expand_pixels: grow, mask_blend_pixels: blend, mask_hipass_filter: least } = ways;
  let made = plane;
  if (ways.mask_fill_holes) made = yield* filledByLevels(made);
  if (grow > 0) made = yield* expandedBy(made, grow, mode);
  if (ways.mask_invert) made = invertedFloats(made);
  if (blend > 0) made = yield* blurredBy(yield* expandedBy(made, blend, mode), blend / 2, mode);
  return least >= 0.01 ? above(made, least) : made;
}

/** Below the threshold it is 0. */
export function above({ data, ...size }: Floats, threshold: number): Floats {
  const limit = Math.fround(threshold);
  return { ...size, data: data.map((x) => (x < limit ? 0 : x)) };
}
