// Parts of a call that stay on the page: its signal, and the array to fill. The worker has its own.

import type { Batch } from '../api/batch.js';
import { numbersIn } from '../base/arrays.js';
import { isSignal, refusal } from '../base/errors.js';
import { isPlain } from '../base/params.js';
import type { Numbers } from '../engine.js';
import type { Stays } from './protocol.js';

export interface Asked {
  signal: AbortSignal | undefined;
  into: Numbers | undefined;
  /** The arguments without them. */
  args: unknown[];
  stays: Stays | undefined;
}

/** An array that does not fit is sent anyway, so that the worker refuses it with the usual message. */
export function askedOf(batch: Batch | undefined, given: readonly unknown[]): Asked {
  const asked: Asked = { signal: undefined, into: undefined, args: [...given], stays: undefined };
  given.forEach((options, place) => {
    if (!isPlain(options)) return;
    const signal = isSignal(options.signal);
    const numbers = numbersIn(options.into);
    const into = numbers?.length && numbers.length === batch?.size;
    if (!signal && !into) return;
    const sent = { ...options };
    if (signal) delete sent.signal;
    if (into) delete sent.into;
    asked.args[place] = sent;
    if (signal) asked.signal = options.signal as AbortSignal;
    if (into) asked.into = options.into as Numbers;
    const kind = numbers instanceof Float32Array ? 'float32' : 'uint8';
    asked.stays = { place, signal, into: into ? kind : undefined };
  });
  return asked;
}

/** Copies an answer, or a tensor's numbers, into the caller's array. */
export function copiedInto(method: string, value: unknown, into: Numbers | undefined): unknown {
  const bare = ArrayBuffer.isView(value);
  const data = numbersIn(bare ? value : Object(value).data);
  if (!into || !data) return value;
  const target = numbersIn(into) as Numbers;
  if (target.length !== data.length) throw refusal(method, 'into', 'unchanged while it is being filled', into);
  target.set(data);
  return bare ? into : { ...(value as object), data: into };
}
