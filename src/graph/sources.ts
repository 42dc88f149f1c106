// Numbers from outside that need not be copied on their way in.

import type { Extent } from '../engine.js';
import type { Evaluator } from './evaluator.js';
import { recipeOf, type Shaped } from './held.js';
import { inOrder, Recipe } from './node.js';

/** A source that `fill` writes where the engine's memory lies; undefined where there is no such memory. */
export async function filled(
  { store }: Evaluator,
  extent: Extent,
  fill: (at: number) => Promise<void>,
): Promise<Recipe | undefined> {
  const { engine } = store;
  const recipe = new Recipe('source', {}, [], extent);
  const slot = engine.memory && store.alloc(extent);
  const at = slot && engine.memory?.pointer(slot);
  try {
    if (slot && at !== undefined) await fill(at);
  } catch (error) {
    if (slot) engine.free(slot);
    throw error;
  }
  if (slot && at === undefined) engine.free(slot);
  if (!slot || at === undefined) return undefined;
  store.keep(recipe, slot, false);
  return recipe;
}

/** The recipe of what an element shows, where the engine takes it as it is. It cannot be loaded a second time. */
export const element = ({ store, failover }: Evaluator, source: TexImageSource): Promise<Recipe | undefined> =>
  failover.again(async () => {
    const { engine } = store;
    const slot = await engine.screen?.load(source);
    if (!slot) return undefined;
    const recipe = new Recipe('source', {}, [], slot.extent);
    store.keep(recipe, slot, false, engine);
    return recipe;
  });

/**
 * Let the numbers that a batch is made from wait outside the engine while room is short. `seen` is what was looked at before, in
 * a row of batches that are made from one another.
 */
export function movable<T extends Shaped>(batch: T, seen: Set<unknown> = new Set()): T {
  for (const one of inOrder(recipeOf(batch, 'load'), (recipe) => seen.has(recipe))) {
    seen.add(one);
    if (one.op === 'source') one.movable = true;
  }
  return batch;
}
