// Steps of earlier versions of the format, in today's words.
import { isPlain } from '../base/params.js';

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
