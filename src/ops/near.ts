// A pixel from those around it: the same passes, and so the same bits, on every device.
import type { Extent } from '../engine.js';
import { type Growth, METRICS, type Selecting, SHAPES } from './choices.js';
import { type Row, SIDE, whole } from './row.js';

export type Radius = {
  readonly radius: number;
};
export type Round = Radius & {
  readonly shape: Growth['shape'];
};
export type Line = {
  readonly width: number;
  readonly side: string;
  readonly shape: Growth['shape'];
};
const fraction = <const D extends number>(fallback: D) =>
  ({ type: 'number', default: fallback, min: 0, max: 1000, step: 0.1 }) as const;
const shape = <const T extends Growth['shape']>(fallback: T) =>
  ({ type: 'choice', default: fallback, options: SHAPES }) as const;
const REACH = 16384 as const;

const rounding = {
  /** How far the shape reaches, in pixels. */
  radius: whole(1, 0, REACH),
  /** What the mask is shrunk and grown by. */
  shape: shape('disk'),
} as const;

const still = ({ radius }: Radius): boolean => radius === 0;

const boxed = { kind: 'near', on: 'both', of: 'uint8', polarity: 'keeps', unchanged: still } as const;

export const near = {
  /** The median of a square, as scipy's median_filter, in bytes: removes specks and keeps edges. */
  median: {
    kind: 'near',
    on: 'mask',
    of: 'uint8',
    polarity: 'keeps',
    params: {
      /** Pixels on every side. */
      radius: whole(1, 1, 127),
    },
    // two looks at every pixel of the square: more than this is quicker read back
    kernelOnly: ({ radius }: Radius) => radius > 7,
  },
  /** Gaussian blur as Pillow's, which is what editors call feathering: three boxes each way, in bytes. */
  blur: {
    ...boxed,
    params: {
      /** The standard deviation, in pixels. */
      radius: fraction(2),
    },
    figures: async () => (await import('./figures/boxes.js')).blur,
  },
  /** The mean of a square, as Pillow's BoxBlur, in bytes. */
  boxBlur: {
    ...boxed,
    params: {
      /** Pixels on every side; of a fraction, the outermost count in part. */
      radius: fraction(1),
    },
    figures: async () => (await import('./figures/boxes.js')).boxBlur,
  },
  /** Fade towards the edges of the picture over so many columns and rows. */
  fadeEdges: {
    kind: 'near',
    on: 'mask',
    of: 'float32',
    polarity: 'keeps',
    params: {
      /** Columns over which the left edge fades. */
      left: whole(0, 0, SIDE),
      /** Rows over which the upper edge fades. */
      top: whole(0, 0, SIDE),
      /** Columns over which the right edge fades. */
      right: whole(0, 0, SIDE),
      /** Rows over which the lower edge fades. */
      bottom: whole(0, 0, SIDE),
    },
  },
  /** Grow (or, below 0, shrink) the light parts by so many pixels. */
  grow: {
    kind: 'near',
    on: 'mask',
    of: 'both',
    polarity: 'keeps',
    params: {
      /** Pixels; below 0 the light parts shrink. */
      expand: whole(0, -16384, 16384),
      /** What a single white pixel grows to; a disk is all within the radius, x * x + y * y <= expand * expand. */
      shape: shape('diamond'),
    },
    unchanged: ({ expand }: Growth) => expand === 0,
    figures: async () => (await import('./figures/spreads.js')).grow,
  },
  /** Pulls the edges of the mask to those of the picture: a guided filter, as OpenCV's, in floats. Made by WASM on every device. */
  refine: {
    kind: 'region',
    on: 'mask',
    of: 'uint8',
    makes: 'float32',
    with: 'image',
    polarity: 'keeps',
    params: {
      /** How far around an edge it looks. */
      radius: whole(8, 1, 127),
      /** The contrast, squared, that counts as an edge: smaller follows the picture more closely. */
      epsilon: { type: 'number', default: 0.001, min: 0, max: 1, step: 0.0001 },
    },
  },
  /** Removes what is smaller than the shape: shrinks, then grows again. */
  opening: {
    kind: 'near',
    on: 'mask',
    of: 'both',
    polarity: 'keeps',
    params: { ...rounding },
    composed: ({ radius, shape }: Round, from, apply) =>
      apply('grow', { expand: radius, shape }, apply('grow', { expand: -radius, shape }, from)),
  },
  /** Fills what is smaller than the shape: grows, then shrinks again. */
  closing: {
    kind: 'near',
    on: 'mask',
    of: 'both',
    polarity: 'keeps',
    params: { ...rounding },
    composed: ({ radius, shape }: Round, from, apply) =>
      apply('grow', { expand: -radius, shape }, apply('grow', { expand: radius, shape }, from)),
  },
  /** A line along the edge of the mask: the mask grown, less the mask shrunk. */
  border: {
    kind: 'near',
    on: 'mask',
    of: 'both',
    params: {
      /** Pixels on each side. */
      width: whole(1, 1, REACH),
      /** On which side of the edge it lies. */
      side: { type: 'choice', default: 'both', options: ['both', 'inside', 'outside'] },
      /** What the mask is grown and shrunk by. */
      shape: shape('disk'),
    },
    composed: ({ width, side, shape }: Line, from, apply) =>
      apply(
        'subtract',
        {},
        side === 'inside' ? from : apply('grow', { expand: width, shape }, from),
        side === 'outside' ? from : apply('grow', { expand: -width, shape }, from),
      ),
  },
  /** How near colours are to some, or to that of a pixel: what `image.colorRange` and `image.wand` are made of. */
  colorRange: {
    kind: 'near',
    of: 'uint8',
    params: {
      colors: { type: 'text', default: '', max: 1024 },
      x: whole(0, 0, SIDE),
      y: whole(0, 0, SIDE),
      tolerance: { type: 'number', default: 20, min: 0, max: 442 },
      softness: { type: 'number', default: 0, min: 0, max: 442 },
      metric: { type: 'choice', default: 'rgb', options: METRICS },
    },
    extent: ({ metric }: Selecting, { batch }: Extent) => ({
      channels: 1,
      batch: metric === 'lab' ? batch / 3 : batch,
    }),
    figures: async () => (await import('./figures/selecting.js')).colorRange,
  },
} as const satisfies Record<string, Row>;
