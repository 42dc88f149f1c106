// What the options of measures may be.
import { ALL, above, joined } from '../ops/regions.js';
import { whole } from '../ops/row.js';

export const componentParams = {
  /** What is above it belongs to a part. */
  threshold: above(0),
  /** 8: parts hang together at corners too; 4: at edges alone. */
  connectivity: joined(8),
  /** Parts of fewer pixels are left out. */
  minArea: whole(1, 1, ALL),
  /** At most so many, the largest. */
  max: whole(1000, 1, 65536),
} as const;
