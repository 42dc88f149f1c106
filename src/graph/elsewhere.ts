// Does what an engine lacks on another engine, one with kernels, which is opened at first use.

import { ChromaskError } from '../base/errors.js';
import type { Pause } from '../base/pause.js';
import type { Engine, Pass, Slot } from '../engine.js';

export interface Elsewhere {
  /** Run passes whose slots, and `into`, are another engine's. */
  run(owner: Engine, into: Slot, passes: readonly Pass[], pause?: Pause): Promise<void>;
  /** Call `use` with a slot of the same numbers on the engine with kernels. */
  lend<T>(owner: Engine, slot: Slot, use: (slot: Slot, engine: Engine) => Promise<T> | T, pause?: Pause): Promise<T>;
  close(): void;
}

/** `open` gives the engine with kernels. */
export function elsewhere(open: () => Promise<Engine>): Elsewhere {
  let opened: Promise<Engine> | undefined;
  let closed = false;

  const engine = (): Promise<Engine> => {
    if (closed) throw new ChromaskError('unsupported', 'there are no kernels for what this device lacks');
    opened ??= open();
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };

  return {
    async run(...asked) {
      const there = await engine();
      return (await import('./carried.js')).run(there, ...asked);
    },
    async lend(...asked) {
      const there = await engine();
      return (await import('./carried.js')).lend(there, ...asked);
    },
    close() {
      closed = true;
      opened?.then(
        (one) => one.close(),
        () => {},
      );
    },
  };
}
