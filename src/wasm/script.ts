// The kernels as JavaScript: the same AssemblyScript without vectors, translated. Slower, the same bytes.
import type { Memory } from '../engine.js';
import type { Kernels } from './module.js';

const PAGE = 65536;
/** The translation takes pointers for signed numbers. */
const MOST = 32767;

/** The kernels over a memory of their own. */
export async function script(): Promise<{ memory: Memory; kernels: Kernels }> {
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

  /** Every growth copies all there is, so it gives half as much again where that can be had. */
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
