// Pixels that move and are not computed.
import type { Extent } from '../engine.js';
import { ChromaskError } from '../errors.js';
import { none, type Row, SIDE, whole } from './row.js';

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
  const message = `crop: x, y must be inside the mask (${from.width} x ${from.height}), got ${x}, ${y}`;
  throw new ChromaskError('bad-argument', message);
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
  column: {
    kind: 'gather',
    on: 'mask',
    of: 'any',
    params: none,
    extent: (_: object, { batch, height }: Extent) => ({ batch: 1, height: batch * height }),
    polarity: 'keeps',
  },
  /** A rectangle of the mask, cut at its edges. */
  crop: {
    kind: 'gather',
    on: 'mask',
    of: 'any',
    params: {
      /** Columns left out on the left. */
      x: whole(0, 0, SIDE),
      /** Rows left out at the top. */
      y: whole(0, 0, SIDE),
      width: whole(512, 1, SIDE),
      height: whole(512, 1, SIDE),
    },
    fit: cutAtEdges,
    extent: sized,
    unchanged: ({ x, y, width, height }: Rectangle, from: Extent) =>
      x === 0 && y === 0 && width === from.width && height === from.height,
    polarity: 'keeps',
  },
  /** The mask with another laid over it at x, y; what hangs over the edge is cut. */
  place: {
    kind: 'gather',
    on: 'mask',
    of: 'any',
    with: 'mask',
    placed: true,
    params: { x: whole(0, 0, SIDE), y: whole(0, 0, SIDE) },
  },
  /** One value everywhere. */
  solid: {
    kind: 'gather',
    of: 'float32',
    params: { value: { type: 'number', default: 1, min: 0, max: 1, step: 0.01 } },
    extent: sized,
  },
} as const satisfies Record<string, Row>;
