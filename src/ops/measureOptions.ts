// What the options of measures may be.
import { ALL, above, connectivity } from './regions.js';
import { whole } from './row.js';

export const componentParams = {
  /** What is above it belongs to a part. */
  threshold: above(0),
  /** 8: parts hang together at corners too; 4: at edges alone. */
  connectivity: connectivity(8),
  /** Parts of fewer pixels are left out. */
  minArea: whole(1, 1, ALL),
  /** At most so many, the largest. */
  max: whole(1000, 1, 65536),
} as const;

export const outlineParams = {
  /** What is above it is inside. */
  threshold: above(0.5),
  /** So many pixels an outline may be off, for fewer points. */
  simplify: { type: 'number', default: 0, min: 0, max: 1000, step: 0.1 },
} as const;

export const iouParams = {
  /** What is above it is inside. */
  threshold: above(0.5),
} as const;

export const containsParams = {
  /** Columns from the left edge; the pixel that the place lies in is looked at. */
  x: { type: 'number', default: 0, min: -(2 ** 30), max: 2 ** 30 },
  /** Rows from the upper edge. */
  y: { type: 'number', default: 0, min: -(2 ** 30), max: 2 ** 30 },
  /** What is above it is inside. */
  threshold: above(0.5),
} as const;
