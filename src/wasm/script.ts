// The kernels as JavaScript, translated from the scalar build: slower, with the same bytes.
import { ChromaskError } from '../base/errors.js';
import type { Memory } from '../engine.js';
import type { Kernels } from './module.js';
import { type Started, stirred } from './start.js';

const PAGE = 65536;
/** The most pages: the translation treats pointers as signed numbers. */
const MOST = 32767;

/**
 * What to run if WASM failed with this error. Throws the error again if that does not help. `brought`: by the
 * caller.
 */
export async function instead(error: unknown, brought: boolean): Promise<Started> {
  const why = await barrier(error, brought);
  if (!why) throw error;
  const { memory, kernels } = await script();
  stirred(kernels, Math.random() * 2 ** 32);
  return { memory, kernels, part: async () => kernels, why: `wasm: ${why}; its kernels run as plain JavaScript` };
}

/** The smallest valid module. */
const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

/** What keeps WASM from running, unless the caller's kernels are at fault. */
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

/** The kernels over a memory of their own. */
async function script(): Promise<{ memory: Memory; kernels: Kernels }> {
  const { instantiate } = await import('virtual:script');
  const inner: { buffer: ArrayBuffer; grow?: (pages: number) => number } = { buffer: new ArrayBuffer(4 * PAGE) };
  const kernels = instantiate(inner);
  return { kernels, memory: new ScriptMemory(inner) };
}

class ScriptMemory implements Memory {
  readonly #inner: { buffer: ArrayBuffer; grow?: (pages: number) => number };

  constructor(inner: { buffer: ArrayBuffer; grow?: (pages: number) => number }) {
    this.#inner = inner;
  }

  get buffer(): ArrayBuffer {
    return this.#inner.buffer;
  }

  /** Growth copies the whole memory, so it allocates half as much again if it can. */
  grow(pages: number): number {
    const before = this.buffer.byteLength / PAGE;
    if (before + pages > MOST) throw new RangeError(`plain JavaScript has no more than ${MOST} pages`);
    const ample = Math.min(Math.max(pages, before >> 1), MOST - before);
    try {
      this.#inner.grow?.(ample);
    } catch {
      this.#inner.grow?.(pages);
    }
    return before;
  }
}
