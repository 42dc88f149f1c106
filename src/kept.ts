// Results kept for a second question, least recently used first.
import { bytesOf } from './engine.js';
import type { Hold } from './recipe.js';

export class Kept {
  readonly #holds = new Set<Hold>();
  bytes = 0;

  get size(): number {
    return this.#holds.size;
  }

  add(hold: Hold): void {
    this.#holds.add(hold);
    this.bytes += bytesOf(hold.slot.extent);
  }

  delete(hold: Hold): void {
    if (this.#holds.delete(hold)) this.bytes -= bytesOf(hold.slot.extent);
  }

  /** It was asked for just now. */
  touch(hold: Hold): void {
    if (this.#holds.delete(hold)) this.#holds.add(hold);
  }

  /** The oldest that nobody is using. */
  idle(): Hold | undefined {
    for (const hold of this.#holds) if (!hold.busy) return hold;
    return undefined;
  }

  all(): Hold[] {
    return [...this.#holds];
  }

  clear(): void {
    this.#holds.clear();
    this.bytes = 0;
  }
}
