// A pixel from those around it: the same passes, and so the same bits, on every device.
import { type Row, SIDE, type Stride, whole } from './row.js';
import { sized } from './shapes.js';

/**
 * Growing by n is growing by 1, 1, 2, 4, … in turn: after reaching m, the maximum over the pictures shifted by n - m <= m
 * (clamped to the edge) reaches n, for the square and for the diamond alike.
 */
function hops({ expand, tapered }: { expand: number; tapered: boolean }): Stride[] {
  const strides: Stride[] = [];
  for (let reached = 0; reached < Math.abs(expand); ) {
    const hop = Math.min(Math.max(reached, 1), Math.abs(expand) - reached);
    strides.push({ numbers: [Math.sign(expand) * hop, Number(tapered)] });
    reached += hop;
  }
  return strides;
}

export const near = {
  /** Fade towards the edges of the picture over so many columns and rows. */
  feather: {
    kind: 'near',
    on: 'mask',
    of: 'float32',
    polarity: 'keeps',
    params: {
      left: whole(0, 0, SIDE),
      top: whole(0, 0, SIDE),
      right: whole(0, 0, SIDE),
      bottom: whole(0, 0, SIDE),
      /** `comfy-2025` begins the right and bottom ramps in the first column and row, as that version did. */
      compat: { type: 'choice', default: 'comfy-2026', options: ['comfy-2026', 'comfy-2025'] },
    },
  },
  /** Grow (or, below 0, shrink) the light parts by so many pixels. */
  grow: {
    kind: 'near',
    on: 'mask',
    of: 'both',
    polarity: 'keeps',
    params: {
      expand: whole(0, -16384, 16384),
      /** A diamond rather than a square. */
      tapered: { type: 'boolean', default: true },
    },
    unchanged: ({ expand }: { expand: number }) => expand === 0,
    passes: hops,
  },
  /** Another size, bilinear with half-pixel centres. */
  resize: {
    kind: 'near',
    on: 'mask',
    of: 'float32',
    params: { width: whole(512, 1, SIDE), height: whole(512, 1, SIDE) },
    extent: sized,
    polarity: 'keeps',
  },
} as const satisfies Record<string, Row>;
