// Finds the names that a worker must not write to: those of pictures that any job of its queue reads.
import type { Notes } from './notes.js';
import type { Store } from './stores.js';

export interface Kept {
  /** Requests all outputs of a job at once. */
  foresee(outputs: readonly string[]): Promise<void>;
  /** Whether a job reads the object that this name means in the store of the outputs. */
  isRead(output: string): Promise<boolean>;
}

/** The names that an output has among the inputs, with and without following links. */
async function inputNames(from: Store, to: Store, output: string): Promise<string[]> {
  const where = await to.where?.(output);
  const name = where === undefined ? undefined : await from.named?.(where);
  return [...new Set([...(from === to ? [output] : []), ...(name === undefined ? [] : [name])])];
}

export function keptOf(notes: () => Promise<Notes>, from: Store, to: Store): Kept {
  const known = new Map<string, boolean>();
  const ask = async (outputs: readonly string[]): Promise<void> => {
    const names = await Promise.all(outputs.map((output) => inputNames(from, to, output).catch(() => [])));
    // stores with nothing in common need no answer
    const read = names.some((some) => some.length) ? await (await notes()).read(names.flat()) : [];
    let at = 0;
    for (const [i, output] of outputs.entries()) {
      known.set(output, read.slice(at, at + names[i].length).includes(true));
      at += names[i].length;
    }
  };
  return {
    async foresee(outputs) {
      known.clear();
      await ask(outputs);
    },
    async isRead(output) {
      if (!known.has(output)) await ask([output]);
      return known.get(output) === true;
    },
  };
}
