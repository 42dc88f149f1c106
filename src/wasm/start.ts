// Starts the kernels as WASM, or as JavaScript if WASM is not available (forbidden by a page's policy, or an old
// browser).
import { kernelsOf, loads } from 'virtual:parts';
import type { Memory } from '../engine.js';
import { instantiate, type Kernels, unspelt, type WasmSource } from './module.js';

/** A group of kernels: `core`, or the name of a folder of assembly/. */
export type Part = string;

/** The part that contains a kernel. */
export const partOf = (kernel: string): Part =>
  Object.keys(kernelsOf).find((part) => kernelsOf[part].split(' ').includes(kernel)) ?? 'core';

export interface Started {
  readonly memory: Memory;
  readonly kernels: Kernels;
  /** Loads another part's kernels over the same memory. */
  part(name: Part): Promise<Kernels>;
  /** The reason if the kernels are JavaScript. */
  readonly why?: string;
  /** What threads need to run the same kernels over the same memory, if it was to be shared. */
  readonly shared?: Shared;
}

export interface Shared {
  readonly memory: WebAssembly.Memory;
  /** The modules of the parts loaded so far. */
  readonly modules: readonly WebAssembly.Module[];
  /** The hash multiplier of the kernels for colours. */
  readonly mix: number;
}

/**
 * Starts all kernels of a caller's binary, or one part of the embedded ones, over memory of `pages` if it is shared.
 */
export async function start(first: Part, source?: WasmSource, pages?: number): Promise<Started> {
  try {
    const shared = pages !== undefined;
    const memory = new WebAssembly.Memory({ initial: 4, maximum: pages ?? 65536, shared });
    const modules: WebAssembly.Module[] = [];
    const mix = Math.random() * 2 ** 32;
    const load = async (part: Part): Promise<Kernels> => {
      const module = source
        ? await brought(source, shared)
        : await compiled(unspelt((await loads[part]()).spelt), shared);
      modules.push(module);
      return stirred(await instantiate(module, memory), mix);
    };
    const kernels = await load(first);
    const loaded = new Map<Part, Promise<Kernels>>([[first, Promise.resolve(kernels)]]);
    const part = (name: Part): Promise<Kernels> => {
      const known = source ? loaded.get(first) : loaded.get(name);
      const made = known ?? load(name);
      loaded.set(name, made);
      made.catch(() => loaded.delete(name));
      return made;
    };
    return { memory, kernels, part, ...(shared ? { shared: { memory, modules, mix } } : {}) };
  } catch (error) {
    return (await import('./script.js')).instead(error, source !== undefined);
  }
}

async function brought(source: WasmSource, shared: boolean): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module && !shared) return source;
  return compiled(await (await import('./source.js')).contents(source), shared);
}

const compiled = async (binary: BufferSource, shared: boolean): Promise<WebAssembly.Module> =>
  WebAssembly.compile(shared ? (await import('./shared.js')).sharing(binary) : binary);

/** Gives kernels for colours a hash multiplier that the author of a picture cannot know. */
export function stirred(kernels: Kernels, mix: number): Kernels {
  kernels.stir?.(mix);
  return kernels;
}
