// Retries a call on the replacement engine after a context loss.

import { ChromaskError } from '../base/errors.js';
import type { Engine } from '../engine.js';
import type { Store } from './store.js';

/** A call is tried on so many engines before it fails. */
const TRIES = 4;

export class Failover {
  readonly #store: Pick<Store, 'engine'>;
  readonly #change: (put: () => void) => Promise<void>;
  readonly #lost: () => void;
  readonly #follow: ((lost: Engine) => Promise<Engine>) | undefined;
  #next: Promise<void> | undefined;

  /**
   * `follow` opens the engine after a lost one; `change` runs the function that puts it in the store, when nothing runs on the
   * old one. `lost` is told of every loss.
   */
  constructor(
    store: Pick<Store, 'engine'>,
    change: (put: () => void) => Promise<void>,
    lost: () => void,
    follow?: (lost: Engine) => Promise<Engine>,
  ) {
    this.#store = store;
    this.#change = change;
    this.#lost = lost;
    this.#follow = follow;
    this.#watch(store.engine);
  }

  /** Do what needs an engine; again on the next one, if this one goes while it is being done. */
  async again<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const { engine } = this.#store;
      try {
        return await work();
      } catch (error) {
        const lost = error instanceof ChromaskError && error.code === 'context-lost' && engine.life?.lost === true;
        if (!lost || tries === TRIES || !this.#follow) throw error;
        await this.#replace(engine);
      }
    }
  }

  #watch(engine: Engine): void {
    engine.life?.on('lost', () => {
      this.#lost();
      // a call that waits for a result asks again and gets this error; here it would reach no one
      this.#replace(engine).catch(() => {});
    });
  }

  #replace(lost: Engine): Promise<void> {
    if (this.#store.engine !== lost || !this.#follow) return Promise.resolve();
    this.#next ??= this.#follow(lost)
      .then((engine) => {
        this.#watch(engine);
        return this.#change(() => {
          this.#store.engine = engine;
          lost.close();
        });
      })
      .finally(() => {
        this.#next = undefined;
      });
    return this.#next;
  }
}
