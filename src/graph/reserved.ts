// Memory for a picture that its owner fills in place.

import type { Extent } from '../engine.js';
import { Recipe } from './node.js';
import type { Store } from './store.js';

export interface Reserved {
  readonly recipe: Recipe;
  /** Until memory grows. */
  bytes(): Uint8Array<ArrayBuffer>;
}

/** A source of zeros that its owner fills in place, and the memory to do it in. */
export function reserved(store: Store, extent: Extent): Reserved {
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
