// Long work that can be stopped has to pause now and then, or the event that would stop it never arrives.

/** Asked between slices of work: what to wait for before going on, where it is time to. May reject. */
export type Pause = () => Promise<void> | undefined;

/** Milliseconds of work between two pauses. */
const SLICE = 10;

/** `check` throws where the work is not wanted any more. */
export function pausing(check: () => void): Pause {
  let since = performance.now();
  return () => {
    if (performance.now() - since < SLICE) return undefined;
    return nextTurn().then(() => {
      check();
      since = performance.now();
    });
  };
}

/** Runs work that is made of steps; with a signal it pauses between them, and is ended there. */
export async function walked<T>(steps: Generator<void, T>, signal?: AbortSignal): Promise<T> {
  const pause = signal && pausing(() => signal.throwIfAborted());
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    const wait = pause?.();
    // thrown within, so that the work frees what it took
    if (wait) await wait.catch((error: unknown) => steps.throw(error));
  }
}

/** Runs work that is made of steps to its end at once. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** All that wait for a signal: it has one listener, because Node warns of a leak at eleven. */
const waiting = new WeakMap<AbortSignal, { readonly stops: Set<() => void>; readonly listener: () => void }>();

/** Have `stop` called when the signal fires. Gives the function that ends this. */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  const stops = waiting.get(signal)?.stops ?? new Set<() => void>();
  const listener = waiting.get(signal)?.listener ?? (() => [...stops].forEach((one) => one()));
  waiting.set(signal, { stops, listener });
  const own = (): void => stop();
  stops.add(own);
  signal.addEventListener('abort', listener);
  return () => {
    stops.delete(own);
    if (!stops.size) signal.removeEventListener('abort', listener);
  };
}

/** How work ends that nothing can stop, a caller's own say: who waits for it goes when the signal says so. */
export async function orStopped<T>(work: T | PromiseLike<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  let end = (): void => {};
  const stopped = new Promise<never>((_, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    else end = onAbort(signal, stop);
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    end();
  }
}

/** One turn of the event loop. A timer would do, but browsers make it wait for 4 ms. */
export function nextTurn(): Promise<void> {
  if (typeof MessageChannel === 'undefined') return new Promise((resolve) => setTimeout(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
