// Memory for a picture that its owner fills in place.

import type { Extent } from '../engine.js';
import { Node } from './node.js';
import type { Store } from './store.js';

export interface Reserved {
  readonly node: Node;
  /** Until memory grows. */
  bytes(): Uint8Array<ArrayBuffer>;
}

/** A source of zeros that its owner fills in place, and the memory to do it in. */
export function reserved(store: Store, extent: Extent): Reserved {
  const { engine } = store;
  const node = new Node('source', {}, [], extent);
  if (engine.life || !engine.memory || engine.memory.shared) {
    const pixels = new Uint8Array(extent.batch * extent.height * extent.width * extent.channels);
    node.pixels = pixels;
    return { node: node, bytes: () => pixels };
  }
  const slot = store.alloc(extent);
  store.keep(node, slot, false);
  const bytes = (): Uint8Array<ArrayBuffer> => engine.memory?.view(slot) ?? new Uint8Array();
  bytes().fill(0);
  return { node: node, bytes };
}
