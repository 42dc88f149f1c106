// Memory for a picture that its owner fills in place.

import type { Extent } from '../engine.js';
import type { Evaluator } from './evaluator.js';
import { Recipe } from './node.js';

/** A source of zeros that its owner fills in place, and the memory to do it in; until memory grows. */
export function reserved(
  { store }: Evaluator,
  extent: Extent,
): { recipe: Recipe; bytes: () => Uint8Array<ArrayBuffer> } {
  const { engine } = store;
  const recipe = new Recipe('source', {}, [], extent);
  if (engine.life || !engine.memory || engine.memory.shared) {
    const pixels = new Uint8Array(extent.batch * extent.height * extent.width * extent.channels);
    recipe.pixels = pixels;
    return { recipe, bytes: () => pixels };
  }
  const slot = store.alloc(extent);
  store.keep(recipe, slot, false);
  const bytes = (): Uint8Array<ArrayBuffer> => engine.memory?.view(slot) ?? new Uint8Array();
  bytes().fill(0);
  return { recipe, bytes };
}
