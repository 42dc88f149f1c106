// What goes where room is short: results kept for a second question, then sources that are out of reach or may wait elsewhere.
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

  /** Do work, again with fewer things held while it lacks memory. */
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

  /** Let go of one thing; throws the error where it is not about memory or nothing is left. */
  #makeRoom(error: unknown): void {
    const full = error instanceof ChromaskError && error.code === 'out-of-memory';
    const old = full ? this.kept.idle() : undefined;
    if (old) this.drop(old);
    else if (!full || !this.sources.makeRoom(this.drop)) throw error;
  }
}
