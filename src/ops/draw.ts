// Masks that are drawn: from outlines, brushes and gradients, not from a picture.
import { type Row, side } from './row.js';
import { sized } from './shapes.js';

const FAR = 2 ** 24;
const place = { type: 'number', default: 0, min: -FAR, max: FAR } as const;
/** Characters of a path or of a list of points. */
const TEXT = 2 ** 24;
const size = {
  /** Columns of what it gives. */
  width: side,
  /** Rows of what it gives. */
  height: side,
} as const;

export const drawn = {
  /** The inside of an SVG path. */
  path: {
    kind: 'region',
    on: 'device',
    of: 'any',
    makes: 'uint8',
    params: {
      /** What is inside where outlines cross or lie in each other. */
      rule: { type: 'choice', default: 'evenodd', options: ['evenodd', 'nonzero'] },
      /** How far a pixel is covered; else white where its centre is inside. */
      antialias: { type: 'boolean', default: true },
      d: { type: 'text', default: 'M0 0H1V1H0Z', max: TEXT },
      /** How far the lines that stand for a curve may be from it, in pixels. */
      tolerance: { type: 'number', default: 0.1, min: 0.001, max: 100 },
      ...size,
    },
    extent: sized,
    figures: async () => (await import('./figures/drawn.js')).path,
  },
  /** A brush drawn along points. */
  stroke: {
    kind: 'region',
    on: 'device',
    of: 'any',
    makes: 'uint8',
    params: {
      /** Of the brush, in pixels. */
      radius: { type: 'number', default: 8, min: 0.1, max: 4096 },
      /** How much of the radius is wholly white, 0..1. */
      hardness: { type: 'number', default: 1, min: 0, max: 1 },
      points: { type: 'text', default: '0 0', max: TEXT },
      ...size,
    },
    extent: sized,
    figures: async () => (await import('./figures/drawn.js')).stroke,
  },
  /** From black at one place to white at another, as floats. */
  gradient: {
    kind: 'near',
    on: 'device',
    of: 'any',
    makes: 'float32',
    params: {
      /** Along a line, or from a point outwards. */
      type: { type: 'choice', default: 'linear', options: ['linear', 'radial'] },
      x0: place,
      y0: place,
      x1: place,
      y1: place,
      ...size,
    },
    extent: sized,
    figures: async () => (await import('./figures/gradients.js')).gradient,
  },
} as const satisfies Record<string, Row>;
