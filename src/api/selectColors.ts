// Selecting pixels by colour: `colorRange` and `wand` of a picture. Both devices get the colours and one table, indexed by the squared
// distance (or by the largest difference of a channel). Both are whole numbers, so there is nothing to round.
import { type Color, colorOf, hexOf } from '../base/color.js';
import { ChromaskError, refusal } from '../base/errors.js';
import { check, isPlain, type Options, type Values } from '../base/params.js';
import { as, cat, derive, type Node } from '../graph/node.js';
import { METRICS, type Metric } from '../ops/choices.js';
import { connectivity } from '../ops/regions.js';
import { whole } from '../ops/row.js';

const SIDE = 2 ** 30;
/** No two colours are farther apart. */
const FAR = 442;
const MOST = 64;

const shared = {
  /** Up to this distance a pixel is white, 0..442. */
  tolerance: { type: 'number', default: 20, min: 0, max: FAR, step: 1 },
  /** From there on it fades to black over this distance. */
  softness: { type: 'number', default: 0, min: 0, max: FAR, step: 1 },
  /** `rgb`: Euclidean distance of red, green and blue. `lab`: of the bytes of L, a and b. `box`: the largest difference of a channel. */
  metric: { type: 'choice', default: 'rgb', options: METRICS },
} as const;

export const colorRangeParams = { colors: { type: 'text', default: '', max: MOST * 8 }, ...shared } as const;
export const wandParams = {
  /** Column of the pixel whose colour is meant. */
  x: whole(0, 0, SIDE),
  /** Row of that pixel. */
  y: whole(0, 0, SIDE),
  ...shared,
  /** Only what is connected with that pixel. */
  contiguous: { type: 'boolean', default: true },
  /** 4: pixels connect at edges; 8: at corners too. */
  connectivity: connectivity(4),
} as const;

/** A colour, or a list of up to 64; a list of three numbers is one colour. */
export type Colors = Color | readonly Color[];
export type ColorRangeOptions = Omit<Options<typeof colorRangeParams>, 'colors'> & {
  /** Up to 64 colours. */
  colors: Colors;
};
export type WandOptions = Options<typeof wandParams>;
export type Selected<Params> = { node: Node; values: Params };

export function colorRange(image: Node, options: unknown): Selected<Values<typeof colorRangeParams>> {
  const given = isPlain(options) ? { ...options, colors: textOf(options.colors) } : options;
  const values = check('colorRange', colorRangeParams, given ?? { colors: textOf(undefined) });
  const { metric, tolerance, softness } = values;
  const colors = values.colors.split(' ').map((color) => Number.parseInt(color.slice(1), 16));
  return {
    node: derive(
      'colorRange',
      { colors: colors.map(turned).join(' '), x: 0, y: 0, tolerance, softness, metric },
      seen(image, metric),
    ),
    values,
  };
}

export function wand(image: Node, options: unknown): Selected<Values<typeof wandParams>> {
  const values = check('wand', wandParams, options);
  const { x, y, metric, tolerance, softness, contiguous, connectivity } = values;
  const { width, height } = image.extent;
  if (x >= width || y >= height) {
    const message = `wand: x, y must be inside the picture (${width} x ${height}), got ${x}, ${y}`;
    throw new ChromaskError('bad-argument', message);
  }
  const alike = derive('colorRange', { colors: '', x, y, tolerance, softness, metric }, seen(image, metric));
  return { node: contiguous ? derive('flood', { x, y, connectivity }, alike) : alike, values };
}

/** What the distance is measured in: the picture's bytes, or L, a and b as three batches of masks. */
function seen(image: Node, metric: Metric): Node {
  const bytes = as('uint8', image);
  if (metric !== 'lab') return bytes;
  return cat((['labL', 'labA', 'labB'] as const).map((name) => derive(name, {}, bytes)));
}

/** Colours as `#rrggbb` with spaces between: as recipes have them. */
function textOf(given: unknown): string {
  const one = Array.isArray(given) && given.length === 3 && given.every((part) => typeof part === 'number');
  const list: unknown[] = typeof given === 'string' ? given.split(' ') : Array.isArray(given) && !one ? given : [given];
  if (list.length < 1 || list.length > MOST) throw refusal('colorRange', 'colors', `1 to ${MOST} colours`, given);
  return list.map((color) => hexOf(colorOf('colorRange', 'colors', color))).join(' ');
}

/** Red lowest. */
const turned = (color: number): number => (color >> 16) | (color & 0xff00) | ((color & 255) << 16);
