// Steps of earlier versions of the format, in today's words.
import { isPlain } from '../base/params.js';

export interface Given {
  readonly op?: unknown;
  readonly params?: unknown;
  readonly inputs?: unknown;
}

/** Until version 2 `resize` was torch's, and `grow` had a diamond or a square by the name of `tapered`; `stack` was `cat` of single masks. */
export function today(version: unknown, step: Given): Given {
  if (step.op === 'stack') return { ...step, op: 'cat' };
  if (version !== 1) return step;
  if (step.op === 'resize') return { ...step, op: 'interpolate' };
  const { params } = step;
  if (step.op !== 'grow' || !isPlain(params) || typeof params.tapered !== 'boolean') return step;
  const { tapered, ...rest } = params;
  return { ...step, params: { ...rest, shape: tapered ? 'diamond' : 'square' } };
}
