// Declares one of chromask's own packs: where it loads from, and the types of its nodes.
import { type Pack, pack } from '../registry.js';

/** A pack with the types of the nodes in its file. */
export function from<M extends Awaited<ReturnType<Pack['load']>>>(
  name: string,
  names: readonly string[],
  load: () => Promise<M>,
): Pack & { load(): Promise<M> } {
  return { ...pack(name, names, load), load };
}
