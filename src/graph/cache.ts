// Cached results, least recently used first.
import { bytesOf } from '../engine.js';
import type { Hold } from './node.js';

export class Cache {
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

  /** The oldest that is not in use. */
  idle(): Hold | undefined {
    for (const hold of this.#holds) if (!hold.busy) return hold;
    return undefined;
  }

  /** Which one to free if there is too much; never the newest, which has just been read. */
  excess(): Hold | undefined {
    return this.#bytes > this.most && this.#holds.size > 1 ? this.idle() : undefined;
  }
}
