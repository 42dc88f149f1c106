// Steps of earlier versions of the format, in today's words.
import { isPlain } from '../base/params.js';

export interface Given {
  readonly op?: unknown;
  readonly params?: unknown;
  readonly inputs?: unknown;
}

/** Names that operations had before; none of them means anything else today. */
const renamed = new Map<unknown, string>([
  ['feather', 'fadeEdges'],
  ['rgb', 'removeAlpha'],
  ['toImage', 'toGray'],
  ['place', 'paste'],
  ['column', 'stackVertically'],
  ['colorMask', 'selectColor'],
  // it was `cat` of single masks
  ['stack', 'cat'],
]);

/** Until version 2 these had a size where none was given. */
const sized = ['crop', 'solid', 'resize'];

/** Until version 2 `resize` was torch's, and `grow` had a diamond or a square by the name of `tapered`. */
export function today(version: unknown, step: Given): Given {
  const op = renamed.get(step.op);
  if (op) return { ...step, op };
  // as a node misspells it
  if (step.op === 'channel' && isPlain(step.params) && step.params.name === 'S(HSV')
    return { ...step, params: { name: 'S(HSV)' } };
  if (version !== 1) return step;
  const { op: name, params = {} } = step;
  if (!isPlain(params)) return step;
  if (sized.includes(String(name))) {
    const size = { width: 512, height: 512 };
    return { ...step, op: name === 'resize' ? 'interpolate' : name, params: { ...size, ...params } };
  }
  if (name !== 'grow' || typeof params.tapered !== 'boolean') return step;
  const { tapered, ...rest } = params;
  return { ...step, params: { ...rest, shape: tapered ? 'diamond' : 'square' } };
}
