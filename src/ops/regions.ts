// What depends on all of a picture: one kernel and no shader. An engine without kernels has it done on one that has.

import { refusal } from '../base/errors.js';
import type { Extent } from '../engine.js';
import { type Row, SIDE, whole } from './row.js';

/** Which pixels belong to the mask: those above it, as `threshold` compares. */
export const above = <const D extends number>(fallback: D) =>
  ({ type: 'number', default: fallback, min: 0, max: 1, step: 0.01 }) as const;
/** Whether corners join, or edges alone. */
export const connectivity = <const D extends 4 | 8>(fallback: D) =>
  ({ type: 'choice', default: fallback, options: [4, 8] }) as const;

/** More pixels than any picture has. */
export const ALL = 2 ** 32 - 1;
/** Sums of squares stay exact up to this side. */
const SIDE_OF_SQUARES = 2 ** 17;

export const regions = {
  /** Dark areas that do not reach the edge of the picture become white; all other pixels keep their value. */
  fillHoles: {
    kind: 'region',
    on: 'mask',
    of: 'both',
    polarity: 'keeps',
    params: {
      /** What is above it is no hole. */
      threshold: above(0),
      /** Of the mask: with 8, corners join it and do not join holes; with 4 the other way round. */
      connectivity: connectivity(8),
      /** Only holes of fewer pixels; 0 for holes of any size. */
      area: whole(0, 0, ALL),
    },
  },
  /** Connected parts of fewer pixels become black; all other pixels keep their value. */
  removeSmall: {
    kind: 'region',
    on: 'mask',
    of: 'both',
    polarity: 'keeps',
    params: {
      /** Parts of so many pixels stay. */
      area: whole(16, 0, ALL),
      /** 8: parts hang together at corners too; 4: at edges alone. */
      connectivity: connectivity(8),
      /** What is above it belongs to a part. */
      threshold: above(0),
    },
  },
  /** Pixels to the nearest pixel outside the mask, Euclidean, float32; without outside as from the pixel above the first. */
  distance: {
    kind: 'region',
    on: 'mask',
    of: 'uint8',
    makes: 'float32',
    params: {
      /** False: from each pixel outside the mask to the nearest inside. */
      inside: { type: 'boolean', default: true },
      /** What is above it is inside. */
      threshold: above(0.5),
    },
    fit(values: Readonly<Record<string, number | boolean>>, { width, height }: Extent) {
      if (Math.max(width, height) <= SIDE_OF_SQUARES) return values;
      throw refusal('distance', 'sides', `at most ${SIDE_OF_SQUARES}`, Math.max(width, height), 'limit');
    },
  },
  /** What hangs together with one pixel, as far as pixels are not black. */
  flood: {
    kind: 'region',
    of: 'uint8',
    polarity: 'keeps',
    params: { x: whole(0, 0, SIDE), y: whole(0, 0, SIDE), connectivity: connectivity(4) },
  },
  /** The largest connected parts, a picture each. */
  parts: {
    kind: 'region',
    of: 'both',
    polarity: 'keeps',
    params: { threshold: above(0), connectivity: connectivity(8), minArea: whole(1, 1, ALL), count: whole(1, 1, ALL) },
    extent: ({ count }: { count: number }) => ({ batch: count }),
  },
} as const satisfies Record<string, Row>;
