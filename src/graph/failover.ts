// Which engine a device works on, where engines can be lost: what was being done is done again on the one that follows.

import { ChromaskError } from '../base/errors.js';
import type { Engine } from '../engine.js';

/** A call is tried on so many engines before its caller hears of the losses. */
const TRIES = 4;

export class Steady {
  readonly #follow: ((lost: Engine) => Promise<Engine>) | undefined;
  readonly #change: (change: () => void) => Promise<void>;
  #engine: Engine;
  #next: Promise<void> | undefined;

  /** `follow` opens the engine after a lost one; `change` puts it in its place when nothing runs on the old one. */
  constructor(
    engine: Engine,
    change: (change: () => void) => Promise<void>,
    follow?: (lost: Engine) => Promise<Engine>,
  ) {
    this.#engine = engine;
    this.#change = change;
    this.#follow = follow;
    this.#watch();
  }

  get engine(): Engine {
    return this.#engine;
  }

  /** Do what needs an engine; again on the next one, if this one goes while it is being done. */
  async again<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const engine = this.#engine;
      try {
        return await work();
      } catch (error) {
        const lost = error instanceof ChromaskError && error.code === 'context-lost' && engine.life?.lost === true;
        if (!lost || tries === TRIES || !this.#follow) throw error;
        await this.#replace(engine);
      }
    }
  }

  #watch(): void {
    const engine = this.#engine;
    // whoever waits for a result asks again and gets this error; here nobody would hear it
    engine.life?.on('lost', () => void this.#replace(engine).catch(() => {}));
  }

  #replace(lost: Engine): Promise<void> {
    if (this.#engine !== lost || !this.#follow) return Promise.resolve();
    this.#next ??= this.#follow(lost)
      .then((engine) =>
        this.#change(() => {
          this.#engine = engine;
          this.#watch();
          lost.close();
        }),
      )
      .finally(() => {
        this.#next = undefined;
      });
    return this.#next;
  }
}
