// Options that select, as an editor's Select menu does: by the colour of a pixel, by colours, and what is done to a selection.
import { choice, number, UsageError, whole } from './values.js';

/** In the place of a channel: the pixels whose colour is meant. */
export type Picking =
  | { readonly op: 'wand'; readonly params: { x: number; y: number; tolerance?: number } }
  | { readonly op: 'colorRange'; readonly params: { colors: string; tolerance?: number } };

export interface Selecting {
  picking?: Picking;
  fillHoles: boolean;
  /** Parts of fewer pixels go; 0 for none. */
  removeSmall: number;
  grow: { expand: number; shape: 'diamond' | 'square' | 'disk' };
  blur: number;
}

interface Texts {
  wand?: string;
  range?: string;
  'fill-holes'?: boolean;
  'remove-small'?: string;
  grow?: string;
  blur?: string;
}

export const selectOptions = {
  wand: { type: 'string' },
  range: { type: 'string' },
  'fill-holes': { type: 'boolean' },
  'remove-small': { type: 'string' },
  grow: { type: 'string' },
  blur: { type: 'string' },
} as const;

/** More pixels than any picture has, and farther than any side. */
const ALL = 2 ** 32 - 1;
const SIDE = 2 ** 30;
/** No two colours are farther apart. */
const FAR = 442;
const MOST = 64;

export function selectingOf(values: Texts): Selecting {
  return {
    picking: values.wand === undefined ? rangeOf(values.range) : wandOf(values.wand),
    fillHoles: values['fill-holes'] ?? false,
    removeSmall: whole('remove-small', values['remove-small'] ?? '0', 0, ALL),
    grow: growOf(values.grow ?? '0'),
    blur: number('blur', values.blur ?? '0', 0, 1000),
  };
}

function wandOf(text: string): Picking {
  const [x, y, tolerance, ...more] = text.split(',');
  if (y === undefined || more.length)
    throw new UsageError(`--wand must be X,Y or X,Y,TOLERANCE, got ${JSON.stringify(text)}`);
  const at = { x: whole('wand: x', x, 0, SIDE), y: whole('wand: y', y, 0, SIDE) };
  return { op: 'wand', params: { ...at, ...toleranceOf('wand', tolerance) } };
}

function rangeOf(text: string | undefined): Picking | undefined {
  if (text === undefined) return undefined;
  const [list, tolerance, ...more] = text.split(':');
  const colors = list.toLowerCase().split(',');
  if (more.length || !colors.every((color) => /^#[\da-f]{6}$/.test(color)))
    throw new UsageError(`--range must be #RRGGBB,#RRGGBB,… or #RRGGBB,…:TOLERANCE, got ${JSON.stringify(text)}`);
  if (colors.length > MOST) throw new UsageError(`--range takes at most ${MOST} colours, got ${colors.length}`);
  return { op: 'colorRange', params: { colors: colors.join(' '), ...toleranceOf('range', tolerance) } };
}

const toleranceOf = (name: string, text: string | undefined): { tolerance?: number } =>
  text === undefined ? {} : { tolerance: number(`${name}: tolerance`, text, 0, FAR) };

const shapes = { diamond: 'diamond', square: 'square', disk: 'disk' } as const;

function growOf(text: string): Selecting['grow'] {
  const at = text.indexOf(':');
  const [expand, shape] = at < 0 ? [text, 'diamond'] : [text.slice(0, at), text.slice(at + 1)];
  return { expand: whole('grow', expand, -16384, 16384), shape: choice('grow: shape', shape, shapes) };
}

const SOURCES = { channel: 'a channel', colors: 'colours', wand: 'a pixel', range: 'colours' } as const;

/** One option says where masks come from. */
export function refuseTwoSources(values: Readonly<Record<string, unknown>>): void {
  const given = (Object.keys(SOURCES) as (keyof typeof SOURCES)[]).filter((name) => values[name] !== undefined);
  if (given.length < 2) return;
  const [a, b] = given;
  throw new UsageError(
    a === 'channel' && b === 'colors'
      ? '--colors makes masks of colours, --channel one of a channel; give one of them'
      : `--${a} says what to make masks of (${SOURCES[a]}), and so does --${b} (${SOURCES[b]}); give one of them`,
  );
}
