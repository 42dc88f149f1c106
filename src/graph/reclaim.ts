// What is freed when memory is short: first cached results, then sources that are unreachable or may wait outside the engine.
import { ChromaskError } from '../base/errors.js';
import { Cache } from './cache.js';
import type { Hold } from './node.js';
import { SourceHolds } from './sourceHolds.js';

export class Spare {
  readonly kept: Cache;
  readonly sources = new SourceHolds();

  /** `cache` is how many bytes of results are worth keeping. */
  constructor(
    cache: number,
    readonly drop: (hold: Hold) => void,
  ) {
    this.kept = new Cache(cache);
  }

  /** Does the work; if it lacks memory, frees something and tries again. */
  alloc<T>(work: () => T): T {
    for (;;) {
      try {
        return work();
      } catch (error) {
        this.#makeRoom(error);
      }
    }
  }

  async roomy<T>(work: () => Promise<T> | T): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        this.#makeRoom(error);
      }
    }
  }

  /** Frees one thing. Throws the error if it is not about memory, or if nothing is left to free. */
  #makeRoom(error: unknown): void {
    const full = error instanceof ChromaskError && error.code === 'out-of-memory';
    const old = full ? this.kept.idle() : undefined;
    if (old) this.drop(old);
    else if (!full || !this.sources.makeRoom(this.drop)) throw error;
  }
}
