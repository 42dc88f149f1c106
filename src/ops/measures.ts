// What is measured of a batch: promises of numbers, or of masks whose number depends on the picture.

import type { Schema } from '../base/params.js';
import { componentParams, containsParams, iouParams, outlineParams } from './measureOptions.js';
import { none } from './row.js';

/** Loads the function that measures, when it is first called. Its signature is internal. */
type Later<Result> = () => Promise<(call: never) => Promise<Result>>;
const later = <Result>(load: Later<Result>): Later<Result> => load;

export interface MeasureRow {
  /** What it is a method of. */
  readonly on: 'image' | 'mask';
  /** A second operand, before the options: of the same size, and of the same batch or single. */
  readonly with?: 'mask';
  readonly params: Schema;
  /** Its result has `masks`, which recipes may go on from. */
  readonly masks?: true;
  /** Loads what does it. */
  readonly load: Later<unknown>;
}

// options by their names, or their comments would stay behind in declarations
export const measures = {
  /** For each mask the smallest rectangle around all that is not 0; undefined where nothing is. */
  bounds: { on: 'mask', params: none, load: later(async () => (await import('../measures/cover.js')).bounds) },
  /** For each mask how many pixels are not 0. */
  area: { on: 'mask', params: none, load: later(async () => (await import('../measures/cover.js')).area) },
  /** How many pixels have each of the 256 values, for each picture; floats count as the bytes they become. */
  histogram: {
    on: 'mask',
    params: none,
    load: later(async () => (await import('../measures/pixels.js')).histogram),
  },
  /** The connected parts of a single mask, the largest first; equals by their first pixel in reading order. */
  components: {
    on: 'mask',
    masks: true,
    params: componentParams as typeof componentParams,
    load: later(async () => (await import('../measures/components.js')).components),
  },
  /** For each mask the rings along the edges of its pixels: outer ones clockwise, those of holes the other way. */
  outlines: {
    on: 'mask',
    params: outlineParams as typeof outlineParams,
    load: later(async () => (await import('../measures/outlines.js')).outlines),
  },
  /** The outlines of a single mask as the `d` of an even-odd SVG path. */
  toSvgPath: {
    on: 'mask',
    params: outlineParams as typeof outlineParams,
    load: later(async () => (await import('../measures/outlines.js')).toSvgPath),
  },
  /** For each mask its intersection with the other over their union. */
  iou: {
    on: 'mask',
    with: 'mask',
    params: iouParams as typeof iouParams,
    load: later(async () => (await import('../measures/pixels.js')).iou),
  },
  /** For each mask whether the pixel at x, y is in it; outside, no. */
  contains: {
    on: 'mask',
    params: containsParams as typeof containsParams,
    load: later(async () => (await import('../measures/pixels.js')).contains),
  },
} as const satisfies Record<string, MeasureRow>;

export type Measures = typeof measures;
export type MeasureName = keyof Measures;

/** Names of the measures of one kind of batch. */
export const measuresOf = (on: 'image' | 'mask'): string[] =>
  Object.entries<MeasureRow>(measures).flatMap(([name, row]) => (row.on === on ? [name] : []));
