// Retries a call on the replacement engine after a context loss.

import { ChromaskError } from '../base/errors.js';
import type { Engine } from '../engine.js';
import type { Store } from './store.js';

/** How many engines a call is tried on before it fails. */
const TRIES = 4;

/** Where the next engine is put, and who is told. */
export interface Losing {
  readonly store: Pick<Store, 'engine'>;
  /** Runs the function that puts another engine in the store, when nothing runs on the old one. */
  change(put: () => void): Promise<void>;
  /** Is told of every loss. */
  lost(): void;
}

export class Failover {
  readonly #losing: Losing;
  readonly #follow: (lost: Engine) => Promise<Engine>;
  #next: Promise<void> | undefined;

  /** `follow` opens the engine after a lost one. */
  constructor(losing: Losing, follow: (lost: Engine) => Promise<Engine>) {
    this.#losing = losing;
    this.#follow = follow;
    this.#watch(losing.store.engine);
  }

  /** Does work on the engine; again on the next one, if this one is lost meanwhile. */
  async again<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const { engine } = this.#losing.store;
      try {
        return await work();
      } catch (error) {
        const lost = error instanceof ChromaskError && error.code === 'context-lost' && engine.life?.lost === true;
        if (!lost || tries === TRIES) throw error;
        await this.#replace(engine);
      }
    }
  }

  #watch(engine: Engine): void {
    engine.life?.on('lost', () => {
      this.#losing.lost();
      // a call that waits for a result asks again and gets this error; here it would reach no one
      this.#replace(engine).catch(() => {});
    });
  }

  #replace(lost: Engine): Promise<void> {
    const { store } = this.#losing;
    if (store.engine !== lost) return Promise.resolve();
    this.#next ??= this.#follow(lost)
      .then((engine) => {
        this.#watch(engine);
        return this.#losing.change(() => {
          store.engine = engine;
          lost.close();
        });
      })
      .finally(() => {
        this.#next = undefined;
      });
    return this.#next;
  }
}
