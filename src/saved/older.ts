// Steps of earlier versions of the format, in today's words.
import type { MaskBatch } from '../api/mask.js';
import { isPlain, type Values } from '../base/params.js';
import { ops } from '../ops/index.js';
import type { CallRow } from './callRow.js';

export interface Given {
  readonly op?: unknown;
  readonly params?: unknown;
  readonly inputs?: unknown;
}

type Told = Readonly<Record<string, unknown>>;

/** Names that operations had before; none of them means anything else today. */
const renamed: Readonly<Record<string, string>> = {
  feather: 'fadeEdges',
  rgb: 'removeAlpha',
  toImage: 'toGray',
  place: 'paste',
  column: 'stackVertically',
  colorMask: 'selectColor',
  // it was `cat` of single masks
  stack: 'cat',
};

/** What parameters of any version are called today. */
const respelt: Readonly<Record<string, (params: Told) => Told>> = {
  // as a node misspells it
  channel: (params) => (params.name === 'S(HSV' ? { name: 'S(HSV)' } : params),
};

/** What steps of version 1 are today. */
const first: Readonly<Record<string, (params: Told) => Given>> = {
  // these had a size where none was given
  crop: (params) => ({ params: { ...SIZE, ...params } }),
  solid: (params) => ({ params: { ...SIZE, ...params } }),
  // and this one was torch's
  resize: (params) => ({ op: 'interpolate', params: { ...SIZE, ...params } }),
  // a diamond or a square, by the name of `tapered`
  grow({ tapered, ...rest }) {
    if (typeof tapered !== 'boolean') return {};
    return { params: { ...rest, shape: tapered ? 'diamond' : 'square' } };
  },
};

const SIZE = { width: 512, height: 512 };

/** What a recipe's `compat` may be. */
export const COMPAT = ['comfy-2026', 'comfy-2025'] as const;

const edges = {
  ...ops.fadeEdges.params,
  compat: { type: 'choice', default: COMPAT[0], options: COMPAT },
} as const;

/** Calls that took more than they do today. Fingerprints keep what they took: an output must not change its name. */
export const olderCalls: Readonly<Record<string, CallRow>> = {
  fadeEdges: {
    takes: ['mask'],
    gives: 'mask',
    params: edges,
    make({ from, params }) {
      const mask = from[0] as MaskBatch;
      const { compat, left, top, right, bottom } = params as Values<typeof edges>;
      if (compat === 'comfy-2026') return mask.fadeEdges({ left, top, right, bottom });
      // in 2025 the right and bottom ramps began in the first column and row, then went on from the other side
      const across = mask.fadeEdges({ left }).offset({ x: -1, wrap: true }).fadeEdges({ right, top });
      return across.offset({ x: 1, y: -1, wrap: true }).fadeEdges({ bottom }).offset({ y: 1, wrap: true });
    },
  },
};

/** What a table says under a name from outside. */
const found = <T>(table: Readonly<Record<string, T>>, name: unknown): T | undefined =>
  typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : undefined;

export function today(version: unknown, step: Given): Given {
  const { op, params = {} } = step;
  const name = found(renamed, op);
  if (name) return { ...step, op: name };
  if (!isPlain(params)) return step;
  const spelt = found(respelt, op);
  if (spelt) return { ...step, params: spelt(params) };
  return version === 1 ? { ...step, ...found(first, op)?.(params) } : step;
}
