// Other sizes: Pillow's resize in bytes, and torch's interpolate in floats.
import type { Extent } from '../engine.js';
import { FILTERS, type Filter, MODES, type Mode } from './choices.js';
import { type Row, side } from './row.js';
import { sized } from './shapes.js';

export type Resized = {
  readonly width: number;
  readonly height: number;
  readonly filter: Filter;
};
export type Interpolated = {
  readonly width: number;
  readonly height: number;
  readonly mode: Mode;
};
const size = {
  /** Columns of what it gives. */
  width: side,
  /** Rows of what it gives. */
  height: side,
} as const;
const sameSize = ({ width, height }: { width: number; height: number }, from: Extent): boolean =>
  width === from.width && height === from.height;

/** Pixels that one fragment may add up. */
const AREA = 4096;

export const resamplings = {
  /** Another size as Pillow's resize gives it, in bytes: antialiased where it shrinks. */
  resize: {
    kind: 'near',
    on: 'both',
    of: 'uint8',
    polarity: 'keeps',
    params: {
      ...size,
      /** From coarse and quick to fine. */
      filter: { type: 'choice', default: 'bicubic', options: FILTERS },
    },
    extent: sized,
    unchanged: sameSize,
    figures: async () => (await import('./figures/resampling.js')).resize,
  },
  /** Another size as torch's interpolate gives it, in floats: what nodes do, and what a model's logits need. */
  interpolate: {
    kind: 'near',
    on: 'both',
    of: 'float32',
    polarity: 'keeps',
    params: {
      ...size,
      /** Between the nearest four or sixteen, of the nearest, or the mean of an area; half-pixel centres, no antialiasing. */
      mode: { type: 'choice', default: 'bilinear', options: MODES },
    },
    extent: sized,
    figures: async () => (await import('./figures/interpolating.js')).interpolate,
    // the sum of an area is made pixel after pixel: a longer one stops the screen, and some systems then take the GPU away
    kernelOnly: ({ mode, width, height }: Interpolated, from) =>
      mode === 'area' && Math.ceil(from.width / width + 1) * Math.ceil(from.height / height + 1) > AREA,
  },
} as const satisfies Record<string, Row>;
