// Long work that can be stopped has to pause now and then, or the event that would stop it is never heard.

/** Asked between slices of work: what to wait for before going on, where it is time to. May reject. */
export type Breath = () => Promise<void> | undefined;

/** Milliseconds of work between two pauses. */
const SLICE = 10;

/** `check` throws where the work is not wanted any more. */
export function breathing(check: () => void): Breath {
  let since = performance.now();
  return () => {
    if (performance.now() - since < SLICE) return undefined;
    return pause().then(() => {
      check();
      since = performance.now();
    });
  };
}

/** How work ends that nothing can stop: its caller stops waiting for it when the signal says so. */
export function orStopped<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** One turn of the event loop. A timer would do, but browsers make it wait for 4 ms. */
export function pause(): Promise<void> {
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
