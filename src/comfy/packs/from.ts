// A pack of our own: where it loads from, and the types of what is there.
import { type Pack, pack } from '../registry.js';

/** A pack, typed by what is in its file. */
export function from<M extends Awaited<ReturnType<Pack['load']>>>(
  name: string,
  names: readonly string[],
  load: () => Promise<M>,
): Pack & { load(): Promise<M> } {
  return { ...pack(name, names, load), load };
}
