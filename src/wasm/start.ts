// Kernels ready to run: as WASM, or as JavaScript where WASM cannot be had (a page's policy forbids it, a browser is too old).
import type { Memory } from '../engine.js';
import { ChromaskError } from '../errors.js';
import { compile, instantiate, type Kernels, unpack, type WasmSource } from './module.js';

export interface Started {
  readonly memory: Memory;
  readonly kernels: Kernels;
  /** Kernels of PNG files over the same memory. */
  png(): Promise<Kernels>;
  /** Why they are JavaScript, where they are. */
  readonly why?: string;
}

const embedded = {
  core: async () => unpack((await import('virtual:core')).packed),
  png: async () => unpack((await import('virtual:png')).packed),
};

/** All kernels of a binary that the caller brings, or a part of the embedded ones. */
export async function start(part: 'core' | 'png', source?: WasmSource): Promise<Started> {
  try {
    const memory = new WebAssembly.Memory({ initial: 4, maximum: 65536 });
    const load = async (one: 'core' | 'png'): Promise<Kernels> =>
      instantiate(await compile(source ?? (await embedded[one]())), memory);
    const kernels = await load(part);
    let png: Promise<Kernels> | undefined = source || part === 'png' ? Promise.resolve(kernels) : undefined;
    return {
      memory,
      kernels,
      png() {
        png ??= load('png');
        return png;
      },
    };
  } catch (error) {
    const why = await barrier(error, source !== undefined);
    if (!why) throw error;
    const { script } = await import('./script.js');
    const { memory, kernels } = await script();
    return { memory, kernels, png: async () => kernels, why: `wasm: ${why}; its kernels run as plain JavaScript` };
  }
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
