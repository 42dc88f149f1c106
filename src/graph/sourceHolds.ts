// Where sources lie: numbers from outside, which no recipe makes again. Unreachable sources are freed when room is short,
// before its finalizer has had a turn; what may wait outside the engine is moved there.
import type { Hold, Recipe } from './node.js';
import { viewed } from './views.js';

export class SourceHolds {
  /** In the order in which they came; a weak reference keeps nothing. */
  readonly #all = new Map<Hold, WeakRef<Recipe>>();

  add(hold: Hold, recipe: Recipe): void {
    this.#all.set(hold, new WeakRef(recipe));
  }

  delete(hold: Hold): void {
    this.#all.delete(hold);
  }

  /** Whether there is more room now than before. */
  makeRoom(drop: (hold: Hold) => void): boolean {
    const idle = [...this.#all].filter(([{ busy }]) => !busy);
    const dead = idle.filter(([, recipe]) => recipe.deref() === undefined);
    for (const [hold] of dead) drop(hold);
    if (dead.length) return true;
    for (const [hold, reference] of idle) {
      const recipe = reference.deref();
      if (!recipe?.movable || !movedOut(recipe, hold)) continue;
      drop(hold);
      return true;
    }
    return false;
  }
}

/** Numbers that are not beside the engine already are copied there, if this side has the memory. */
function movedOut(recipe: Recipe, { engine, slot }: Hold): boolean {
  if (!recipe.pixels && !engine.memory) return false;
  try {
    recipe.pixels ??= viewed(engine, slot).slice();
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
