// Numbers from outside that need not be copied on their way in.

import type { Extent } from '../engine.js';
import type { Evaluator } from './evaluator.js';
import { nodeOf, type Shaped } from './held.js';
import { inOrder, Node } from './node.js';

/** A source that `fill` writes where the engine's memory lies; undefined where there is no such memory. */
export async function filled(
  { store }: Evaluator,
  extent: Extent,
  fill: (at: number) => Promise<void>,
): Promise<Node | undefined> {
  const { engine } = store;
  const node = new Node('source', {}, [], extent);
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
  store.keep(node, slot, false);
  return node;
}

/** The node of what an element shows, where the engine takes it as it is. It cannot be loaded a second time. */
export const element = (evaluator: Evaluator, source: TexImageSource): Promise<Node | undefined> =>
  evaluator.again(async () => {
    const { store } = evaluator;
    const { engine } = store;
    const slot = await engine.screen?.load(source);
    if (!slot) return undefined;
    const node = new Node('source', {}, [], slot.extent);
    store.keep(node, slot, false, engine);
    return node;
  });

/**
 * Let the numbers that a batch is made from wait outside the engine while room is short. `seen` is what was looked at before, in
 * a row of batches that are made from one another.
 */
export function movable<T extends Shaped>(batch: T, seen: Set<unknown> = new Set()): T {
  for (const one of inOrder(nodeOf(batch, 'load'), (node) => seen.has(node))) {
    seen.add(one);
    if (one.op === 'source') one.movable = true;
  }
  return batch;
}
