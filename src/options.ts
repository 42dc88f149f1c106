// What every `open` takes, checked.
import { checkSignal, refusal } from './errors.js';
import { check, isPlain, type Values } from './params.js';

export interface Limits {
  /** Bytes of pictures and masks the device may hold at once. */
  memory?: number;
  /** Bytes of results kept after they were read, so that asking again costs nothing. */
  cache?: number;
}

export interface SharedOptions {
  limits?: Limits;
  signal?: AbortSignal;
}

const limitsSchema = {
  memory: { type: 'integer', default: 2 ** 31, min: 2 ** 20, max: 2 ** 40 },
  cache: { type: 'integer', default: 2 ** 28, min: 0, max: 2 ** 40 },
} as const;

/** The limits with their defaults; refuses options that are none. */
export function checkShared(options: unknown): Values<typeof limitsSchema> {
  if (!isPlain(options)) throw refusal('open', 'options', 'an object', options);
  const { limits, signal } = options;
  checkSignal('open', signal);
  return check('open', limitsSchema, limits);
}
