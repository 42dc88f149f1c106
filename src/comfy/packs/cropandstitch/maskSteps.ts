// What the nodes of Inpaint-CropAndStitch do to a mask before they cut: holes filled, grown, blurred and cut off below.
import type { Plane } from '../lib/each.js';
import { scipyFloats } from '../lib/gaussian.js';
import { dilated } from '../lib/morphology.js';

type Floats = Plane<Float32Array>;

const THRESHOLDS = [1, 0.99, 0.97, 0.95, 0.93, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1] as const;

/** Whether the originals compute on the processor, or with torch's own operations: they differ in even sizes and at the edges. */
export type Mode = 'cpu' | 'gpu';

/**
 * Step by step from light to dark: what is at least so light is closed, its holes filled, and all of that made at least so
 * light. What is beyond the edges counts as light. It can be stopped between the steps.
 */
function* filledByLevels({ data, width, height }: Floats): Generator<void, Floats> {
  const levels = Float64Array.from(data);
  let last: Uint8Array | undefined;
  for (const [i, threshold] of THRESHOLDS.entries()) {
    // the original compares floats the first time, and doubles from then on
    const limit = i === 0 ? Math.fround(threshold) : threshold;
    const light = Uint8Array.from(levels, (v) => Number(v >= limit));
    // what was filled before is the same again
    if (last?.every((v, at) => v === light[at])) continue;
    const whole = closed(light, width, height);
    yield;
    const found = holesFilled(whole, width, height);
    yield;
    for (let at = 0; at < levels.length; at++) if (found[at] && levels[at] < threshold) levels[at] = threshold;
    last = found;
  }
  return { data: Float32Array.from(levels), width, height };
}

/** scipy's binary_closing by a square of three, ones outside. */
function closed(light: Uint8Array, width: number, height: number): Uint8Array {
  const pass = (from: Uint8Array, length: number, lines: number, line: number, step: number, all: boolean) => {
    const to = new Uint8Array(from.length);
    for (let l = 0; l < lines; l++) {
      for (let i = 0; i < length; i++) {
        const at = l * line + i * step;
        const [before, after] = [i > 0 ? from[at - step] : 1, i < length - 1 ? from[at + step] : 1];
        to[at] = all ? before & from[at] & after : before | from[at] | after;
      }
    }
    return to;
  };
  const square = (from: Uint8Array, all: boolean): Uint8Array =>
    pass(pass(from, width, height, width, 1, all), height, width, 1, width, all);
  return square(square(light, false), true);
}

/** scipy's binary_fill_holes: dark that is not joined to the outside by sides becomes light. */
function holesFilled(light: Uint8Array, width: number, height: number): Uint8Array {
  const outside = new Uint8Array(light.length);
  const open: number[] = [];
  const visit = (at: number): void => {
    if (light[at] || outside[at]) return;
    outside[at] = 1;
    open.push(at);
  };
  for (let x = 0; x < width; x++) for (const y of [0, height - 1]) visit(y * width + x);
  for (let y = 0; y < height; y++) for (const x of [0, width - 1]) visit(y * width + x);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % width;
    if (x > 0) visit(at - 1);
    if (x < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < light.length - width) visit(at + width);
  }
  return outside.map((v) => 1 - v);
}

/** Grown by a square whose side goes by so many pixels. */
function expandedBy(plane: Floats, pixels: number, mode: Mode): Floats {
  const side = Math.ceil((pixels / 4) * 1.5 + 1);
  const { data, ...size } = dilated(plane, mode === 'gpu' && side % 2 === 0 ? side + 1 : side);
  return { data: data.map((x) => Math.min(Math.max(x, 0), 1)), ...size };
}

/** A Gaussian of a quarter of so many pixels: the edge is mirrored, or dark in the mode for GPUs. */
export function blurredBy(plane: Floats, pixels: number, mode: Mode): Floats {
  const { data, ...size } = { ...plane, data: scipyFloats(plane, pixels / 4, mode === 'gpu' ? 'dark' : 'mirrored') };
  return { data: data.map((x) => Math.min(Math.max(x, 0), 1)), ...size };
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
  if (grow > 0) made = expandedBy(made, grow, mode);
  yield;
  if (ways.mask_invert) made = invertedFloats(made);
  if (blend > 0) {
    made = expandedBy(made, blend, mode);
    yield;
    made = blurredBy(made, blend / 2, mode);
    yield;
  }
  return least >= 0.01 ? above(made, least) : made;
}

/** Below the threshold it is 0. */
export function above({ data, ...size }: Floats, threshold: number): Floats {
  const limit = Math.fround(threshold);
  return { ...size, data: data.map((x) => (x < limit ? 0 : x)) };
}
