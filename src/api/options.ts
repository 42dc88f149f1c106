// What every `open` takes, checked.
import { check, checkOptions, type Values } from '../base/params.js';

export interface Limits {
  /** Bytes of pictures and masks the device may hold at once. */
  memory?: number | undefined;
  /** Bytes of results kept after they were read, so that asking again costs nothing. */
  cache?: number | undefined;
}

export interface SharedOptions {
  limits?: Limits | undefined;
  signal?: AbortSignal | undefined;
}

const limitsSchema = {
  memory: { type: 'integer', default: 2 ** 31, min: 2 ** 20, max: 2 ** 40 },
  cache: { type: 'integer', default: 2 ** 28, min: 0, max: 2 ** 40 },
} as const;

/** The limits with their defaults; refuses options that are none, and names that are not among these and the shared ones. */
export function checkShared(operation: string, options: object, names: string): Values<typeof limitsSchema> {
  checkOptions(operation, options, `${names} limits signal`);
  return check(operation, limitsSchema, (options as SharedOptions).limits);
}
