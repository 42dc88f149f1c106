// What a wider edge holds, as the bits of one element.
import type { Extent } from '../../engine.js';
import type { Figures } from '../row.js';
import type { Edges } from '../shapes.js';

const element = (value: number, dtype: Extent['dtype']): number =>
  dtype === 'uint8' ? Math.floor(value * 255 + 0.5) : new Int32Array(Float32Array.of(value).buffer)[0];

export const pad: Figures = {
  data: ({ value }: Edges, { dtype }) => Int32Array.of(element(value, dtype), dtype === 'uint8' ? 1 : 4),
  passes: ({ left, top, value }: Edges, { dtype }) => [{ numbers: [left, top, element(value, dtype)] }],
};
