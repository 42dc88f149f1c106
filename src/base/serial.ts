// One piece of work after another, in the order they were asked for.
import { onAbort } from './pause.js';

export type InTurn = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/** A caller that gives up while it waits for a turn is told at once; what has begun ends by itself. */
export function turns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work, signal) => {
    let begun = false;
    const turn = last.then(() => {
      begun = true;
      signal?.throwIfAborted();
      return work();
    });
    last = turn.catch(() => {});
    if (!signal) return turn;
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        if (!begun) reject(signal.reason);
      };
      const end = onAbort(signal, stop);
      turn.then(resolve, reject).finally(end);
    });
  };
}
