// Work that follows a pointer or a slider: of the values that arrive while it runs, only the newest is done next.

export interface Live<T> {
  /** Ask for a value. Resolves to whether it was made, or overtaken by a newer one. */
  (value: T): Promise<boolean>;
  /** How many values were overtaken. */
  readonly dropped: number;
  /** Stops: what is running is aborted, and nothing is made any more. */
  close(): void;
}

interface Asked<T> {
  value: T;
  settle(made: boolean): void;
  fail(error: unknown): void;
}

/**
 * Calls `make` with the newest value, one call at a time, so that no queue grows. A call that is running is finished: aborting it
 * for each newer value would show nothing for as long as a drag lasts. `signal` fires on `close`.
 */
export function live<T>(make: (value: T, signal: AbortSignal) => Promise<unknown> | unknown): Live<T> {
  const controller = new AbortController();
  let running = false;
  let next: Asked<T> | undefined;
  let dropped = 0;

  const drop = (asked: Asked<T> | undefined): void => {
    if (!asked) return;
    dropped++;
    asked.settle(false);
  };
  const go = async (): Promise<void> => {
    running = true;
    for (let one = next; one; one = next) {
      next = undefined;
      try {
        await make(one.value, controller.signal);
        one.settle(!controller.signal.aborted);
      } catch (error) {
        if (controller.signal.aborted) one.settle(false);
        else one.fail(error);
      }
    }
    running = false;
  };
  const ask = (value: T): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const asked = { value, settle: resolve, fail: reject };
      if (controller.signal.aborted) return resolve(false);
      drop(next);
      next = asked;
      if (!running) void go();
    });
  return Object.defineProperties(ask, {
    dropped: { get: () => dropped },
    close: {
      value: () => {
        controller.abort();
        drop(next);
        next = undefined;
      },
    },
  }) as Live<T>;
}
