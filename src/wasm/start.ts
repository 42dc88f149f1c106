// Kernels ready to run: as WASM, or as JavaScript where WASM cannot be had (a page's policy forbids it, a browser is too old).
import { kernelsOf, loads } from 'virtual:parts';
import { ChromaskError } from '../base/errors.js';
import type { Memory } from '../engine.js';
import { compile, instantiate, type Kernels, unspelt, type WasmSource } from './module.js';

/** What the kernels are in: `core`, or the name of a folder of assembly/. */
export type Part = string;

/** The part that a kernel is in. */
export const partOf = (kernel: string): Part =>
  Object.keys(kernelsOf).find((part) => kernelsOf[part].split(' ').includes(kernel)) ?? 'core';

export interface Started {
  readonly memory: Memory;
  readonly kernels: Kernels;
  /** Another part's kernels over the same memory. */
  part(name: Part): Promise<Kernels>;
  /** Why they are JavaScript, where they are. */
  readonly why?: string;
}

/** All kernels of a binary that the caller brings, or a part of the embedded ones. */
export async function start(first: Part, source?: WasmSource): Promise<Started> {
  try {
    const memory = new WebAssembly.Memory({ initial: 4, maximum: 65536 });
    const load = async (part: Part): Promise<Kernels> =>
      stirred(await instantiate(await compile(source ?? unspelt((await loads[part]()).spelt)), memory));
    const kernels = await load(first);
    const loaded = new Map<Part, Promise<Kernels>>([[first, Promise.resolve(kernels)]]);
    const part = (name: Part): Promise<Kernels> => {
      const known = source ? loaded.get(first) : loaded.get(name);
      const made = known ?? load(name);
      loaded.set(name, made);
      made.catch(() => loaded.delete(name));
      return made;
    };
    return { memory, kernels, part };
  } catch (error) {
    const why = await barrier(error, source !== undefined);
    if (!why) throw error;
    const { script } = await import('./script.js');
    const { memory, kernels } = await script();
    stirred(kernels);
    return { memory, kernels, part: async () => kernels, why: `wasm: ${why}; its kernels run as plain JavaScript` };
  }
}

/** Where the kernels for colours are among these: with places in their tables that no picture's author can know. */
function stirred(kernels: Kernels): Kernels {
  kernels.stir?.(Math.random() * 2 ** 32);
  return kernels;
}

/** The smallest module there is. */
const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

/** What keeps WASM from running, unless it is what the caller brought. */
async function barrier(error: unknown, brought: boolean): Promise<string | undefined> {
  if (typeof WebAssembly === 'undefined') return 'there is no WebAssembly here';
  try {
    await WebAssembly.compile(empty);
  } catch {
    return "this page's policy forbids WebAssembly";
  }
  if (brought || error instanceof ChromaskError) return undefined;
  return `this engine cannot run it (${String(error)})`;
}
