// Where sources lie: numbers from outside, which no node makes again. Unreachable sources are freed when room is short,
// before its finalizer has had a turn; what may wait outside the engine is moved there.
import type { Hold, Node } from './node.js';
import { viewed } from './views.js';

export class SourceHolds {
  /** In the order in which they came; weak references, so that this list keeps no source alive. */
  readonly #all = new Map<Hold, WeakRef<Node>>();

  add(hold: Hold, node: Node): void {
    this.#all.set(hold, new WeakRef(node));
  }

  delete(hold: Hold): void {
    this.#all.delete(hold);
  }

  /** Whether there is more room now than before. */
  makeRoom(drop: (hold: Hold) => void): boolean {
    const idle = [...this.#all].filter(([{ busy }]) => !busy);
    const dead = idle.filter(([, node]) => node.deref() === undefined);
    for (const [hold] of dead) drop(hold);
    if (dead.length) return true;
    for (const [hold, reference] of idle) {
      const node = reference.deref();
      if (!node?.movable || !movedOut(node, hold)) continue;
      drop(hold);
      return true;
    }
    return false;
  }
}

/** Copies numbers to memory outside the engine, unless they are there already or that memory is short too. */
function movedOut(node: Node, { engine, slot }: Hold): boolean {
  if (!node.pixels && !engine.memory) return false;
  try {
    node.pixels ??= viewed(engine, slot).slice();
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
