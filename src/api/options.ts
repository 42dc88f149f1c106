// What every `open` takes, checked.
import { refusal } from '../base/errors.js';
import { check, checkOptions, type Values } from '../base/params.js';

export interface Limits {
  /** Bytes of pictures and masks that the device may hold at once. 1 MiB or more; 2 GiB if left out. */
  memory?: number | undefined;
  /** Bytes of results kept after they were read, so that asking again computes nothing. 256 MiB if left out. */
  cache?: number | undefined;
}

export interface SharedOptions {
  /** How many bytes the device may take. */
  limits?: Limits | undefined;
  /** Threads that WASM computes with, this one among them: 1 to 32, or `auto` for as many as there are cores. 1 if left out; more need shared memory. */
  threads?: number | 'auto' | undefined;
  /** Address of `chromask.thread.js`, the script of a thread, if it is not beside this one. */
  thread?: string | URL | undefined;
  /** Ends the call, which then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
}

const limitsSchema = {
  memory: { type: 'integer', default: 2 ** 31, min: 2 ** 20, max: 2 ** 40 },
  cache: { type: 'integer', default: 2 ** 28, min: 0, max: 2 ** 40 },
} as const;

/** The most threads that a device has. */
const MOST = 32;

export interface Shared extends Values<typeof limitsSchema> {
  readonly together: { readonly threads: number | 'auto'; readonly script: string | URL | undefined };
}

/** The limits with their defaults. Refuses what is not an object of options, and names that are neither in `names` nor shared. */
export function checkShared(operation: string, options: object, names: string): Shared {
  checkOptions(operation, options, `${names} limits threads thread signal`);
  const { limits, threads = 1, thread: script } = options as SharedOptions;
  if (threads !== 'auto' && !(Number.isInteger(threads) && threads >= 1 && threads <= MOST))
    throw refusal(operation, 'threads', `a whole number from 1 to ${MOST}, or 'auto'`, threads);
  if (script !== undefined && typeof script !== 'string' && !(script instanceof URL))
    throw refusal(operation, 'thread', 'an address, a string or a URL', script);
  return { ...check(operation, limitsSchema, limits), together: { threads, script } };
}
