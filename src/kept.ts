// Results kept for a second question, least recently used first.
import { bytesOf } from './engine.js';
import { ChromaskError } from './errors.js';
import type { Hold } from './recipe.js';

export class Kept {
  readonly #holds = new Set<Hold>();
  #bytes = 0;

  /** `most` is how many bytes are worth keeping. */
  constructor(readonly most: number) {}

  add(hold: Hold): void {
    this.#holds.add(hold);
    this.#bytes += bytesOf(hold.slot.extent);
  }

  delete(hold: Hold): void {
    if (this.#holds.delete(hold)) this.#bytes -= bytesOf(hold.slot.extent);
  }

  touch(hold: Hold): void {
    if (this.#holds.delete(hold)) this.#holds.add(hold);
  }

  clear(): void {
    this.#holds.clear();
    this.#bytes = 0;
  }

  all(): Hold[] {
    return [...this.#holds];
  }

  /** The oldest that nobody uses now. */
  idle(): Hold | undefined {
    for (const hold of this.#holds) if (!hold.busy) return hold;
    return undefined;
  }

  /** What to drop after this error; throws it again where it is not about memory or nothing is left. */
  spare(error: unknown): Hold {
    const hold = this.idle();
    if (!hold || !(error instanceof ChromaskError) || error.code !== 'out-of-memory') throw error;
    return hold;
  }

  /** Do work, again with fewer results kept while it lacks memory. */
  async without<T>(work: () => Promise<T> | T, drop: (hold: Hold) => void): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        drop(this.spare(error));
      }
    }
  }

  /** One to let go of where there is too much; never the newest, which somebody asked for just now. */
  excess(): Hold | undefined {
    return this.#bytes > this.most && this.#holds.size > 1 ? this.idle() : undefined;
  }
}
