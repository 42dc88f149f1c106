// Pixels that move and are not computed.

import { ChromaskError } from '../base/errors.js';
import type { Extent } from '../engine.js';
import { none, type Row, SIDE, side, whole } from './row.js';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Of values that name the size. */
export const sized = ({ width, height }: { width: number; height: number }): Partial<Extent> => ({ width, height });

function cutAtEdges({ x, y, width, height }: Rectangle, from: Extent): Rectangle & Record<string, number> {
  if (x < from.width && y < from.height)
    return { x, y, width: Math.min(width, from.width - x), height: Math.min(height, from.height - y) };
  const message = `crop: x, y must be inside the picture (${from.width} x ${from.height}), got ${x}, ${y}`;
  throw new ChromaskError('bad-argument', message);
}

const size = {
  /** Columns of what it gives. */
  width: side,
  /** Rows of what it gives. */
  height: side,
} as const;

export interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly value: number;
}

export const shapes = {
  /** Pictures `from`, `from + 1`, … of a batch; beyond the end the last again, or round to the first. */
  take: {
    kind: 'gather',
    of: 'any',
    params: {
      from: whole(0, 0, SIDE),
      count: whole(1, 1, SIDE),
      beyond: { type: 'choice', default: 'last', options: ['last', 'cycle'] },
    },
    extent: ({ count }: { count: number }) => ({ batch: count }),
    polarity: 'keeps',
  },
  /** The pictures of a batch one below another, as one. */
  stackVertically: {
    kind: 'gather',
    on: 'mask',
    of: 'any',
    params: none,
    extent: (_: object, { batch, height }: Extent) => ({ batch: 1, height: batch * height }),
    polarity: 'keeps',
  },
  /** A rectangle, cut at the edges. */
  crop: {
    kind: 'gather',
    on: 'both',
    of: 'any',
    params: {
      /** Columns left out on the left. */
      x: whole(0, 0, SIDE),
      /** Rows left out at the top. */
      y: whole(0, 0, SIDE),
      ...size,
    },
    fit: cutAtEdges,
    extent: sized,
    unchanged: ({ x, y, width, height }: Rectangle, from: Extent) =>
      x === 0 && y === 0 && width === from.width && height === from.height,
    polarity: 'keeps',
  },
  /** The mask with another laid over it at x, y; what hangs over the edge is cut. */
  paste: {
    kind: 'gather',
    on: 'mask',
    of: 'any',
    with: 'mask',
    placed: true,
    params: {
      /** Columns between the left edges. */
      x: whole(0, 0, SIDE),
      /** Rows between the upper edges. */
      y: whole(0, 0, SIDE),
    },
  },
  /** The picture with another laid over it at x, y, as far as that one's alpha lets it; what hangs over the edge is cut. */
  lay: {
    kind: 'gather',
    on: 'image',
    of: 'both',
    with: 'image',
    placed: true,
    needs: 4,
    params: {
      /** Columns between the left edges; below 0, it hangs over on the left. */
      x: whole(0, -SIDE, SIDE),
      /** Rows between the upper edges; below 0, it hangs over at the top. */
      y: whole(0, -SIDE, SIDE),
    },
  },
  /** Mirrored: left to right, upside down, or both. */
  flip: {
    kind: 'gather',
    on: 'both',
    of: 'any',
    params: {
      /** `x` exchanges left and right, `y` top and bottom. */
      axis: { type: 'choice', default: 'x', options: ['x', 'y', 'xy'] },
    },
    polarity: 'keeps',
  },
  /** Turned by quarters, clockwise. */
  rotate: {
    kind: 'gather',
    on: 'both',
    of: 'any',
    params: {
      /** Quarter turns; below 0, counter-clockwise. */
      turns: whole(1, -3, 3),
    },
    extent: ({ turns }: { turns: number }, { width, height }: Extent) =>
      turns % 2 ? { width: height, height: width } : {},
    unchanged: ({ turns }: { turns: number }) => turns === 0,
    polarity: 'keeps',
  },
  /** A wider edge of one value. */
  pad: {
    kind: 'near',
    on: 'both',
    of: 'any',
    params: {
      /** Columns to add on the left. */
      left: whole(0, 0, SIDE),
      /** Rows to add at the top. */
      top: whole(0, 0, SIDE),
      /** Columns to add on the right. */
      right: whole(0, 0, SIDE),
      /** Rows to add at the bottom. */
      bottom: whole(0, 0, SIDE),
      /** What the edge holds, 0..1; bytes are rounded. */
      value: { type: 'number', default: 0, min: 0, max: 1, step: 0.01 },
    },
    extent: ({ left, top, right, bottom }: Edges, { width, height }: Extent) => ({
      width: width + left + right,
      height: height + top + bottom,
    }),
    unchanged: ({ left, top, right, bottom }: Edges) => left + top + right + bottom === 0,
    figures: async () => (await import('./figures/padding.js')).pad,
    polarity: 'keeps',
  },
  /** Moved to the right and down. */
  offset: {
    kind: 'gather',
    on: 'both',
    of: 'any',
    params: {
      /** Pixels to the right; below 0, to the left. */
      x: whole(0, -SIDE, SIDE),
      /** Pixels down; below 0, up. */
      y: whole(0, -SIDE, SIDE),
      /** What leaves comes in on the other side; else it is lost, and black comes in. */
      wrap: { type: 'boolean', default: false },
    },
    unchanged: ({ x, y }: { x: number; y: number }) => x === 0 && y === 0,
    polarity: 'keeps',
  },
  /** One value everywhere. */
  solid: {
    kind: 'gather',
    on: 'device',
    of: 'float32',
    params: {
      /** What every pixel is, 0..1. */
      value: { type: 'number', default: 1, min: 0, max: 1, step: 0.01 },
      ...size,
    },
    extent: sized,
  },
} as const satisfies Record<string, Row>;
