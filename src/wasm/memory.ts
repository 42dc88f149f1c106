// One memory, allocated in blocks: first fit over a short list of gaps; neighbouring gaps are joined. Views become
// invalid when memory grows, so take a new one after every alloc.

import { ChromaskError } from '../base/errors.js';
import type { Memory } from '../engine.js';

const PAGE = 65536;
/**
 * Kernels may read and write this many bytes beyond an operand instead of having scalar tails. colors/lib/runs.ts
 * needs most.
 */
export const PAD = 260;

interface Gap {
  at: number;
  bytes: number;
}

export class Arena {
  readonly memory: Memory;
  readonly #limit: number;
  readonly #sizes = new Map<number, number>();
  #gaps: Gap[] = [];
  #end: number;

  /** `base`: where the module's own data ends. `limit`: the most bytes that the memory may grow to. */
  constructor(memory: Memory, base: number, limit: number) {
    this.memory = memory;
    this.#limit = limit;
    this.#end = aligned(base);
  }

  get pages(): number {
    return this.memory.buffer.byteLength / PAGE;
  }

  /** A block of at least `bytes`. */
  alloc(bytes: number): number {
    const at = this.find(bytes);
    if (at !== undefined) return at;
    const message = `wasm: limits.memory is ${this.#limit} bytes, and no ${bytes} more are free in one piece`;
    throw new ChromaskError('out-of-memory', message);
  }

  /** The same, or undefined if the limit is reached or no memory is left. */
  find(bytes: number): number | undefined {
    const need = aligned(bytes + PAD);
    const fit = this.#gaps.findIndex((gap) => gap.bytes >= need);
    if (fit >= 0) {
      const gap = this.#gaps[fit];
      const at = gap.at;
      gap.at += need;
      gap.bytes -= need;
      if (gap.bytes === 0) this.#gaps.splice(fit, 1);
      this.#sizes.set(at, need);
      return at;
    }
    return this.#extend(need);
  }

  free(at: number): void {
    const bytes = this.#sizes.get(at);
    if (bytes === undefined) return;
    this.#sizes.delete(at);
    let place = this.#gaps.findIndex((gap) => gap.at > at);
    if (place < 0) place = this.#gaps.length;
    const before = this.#gaps[place - 1];
    const after = this.#gaps[place];
    const joinsBefore = before && before.at + before.bytes === at;
    const joinsAfter = after && at + bytes === after.at;
    if (joinsBefore) before.bytes += bytes + (joinsAfter ? after.bytes : 0);
    if (joinsBefore && joinsAfter) this.#gaps.splice(place, 1);
    if (joinsBefore) return;
    if (joinsAfter) {
      after.at = at;
      after.bytes += bytes;
    } else this.#gaps.splice(place, 0, { at, bytes });
  }

  u8(at: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.memory.buffer as ArrayBuffer, at, length);
  }

  u32(at: number, length: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.memory.buffer as ArrayBuffer, at, length);
  }

  f32(at: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.memory.buffer as ArrayBuffer, at, length);
  }

  /** A new block at the end, which starts in the last gap if that reaches the end. */
  #extend(need: number): number | undefined {
    const last = this.#gaps[this.#gaps.length - 1];
    const at = last && last.at + last.bytes === this.#end ? last.at : this.#end;
    const end = at + need;
    if (end > this.#limit || !this.#grow(end)) return undefined;
    if (at !== this.#end) this.#gaps.pop();
    this.#end = end;
    this.#sizes.set(at, need);
    return at;
  }

  #grow(end: number): boolean {
    const missing = Math.ceil(end / PAGE) - this.pages;
    if (missing <= 0) return true;
    try {
      this.memory.grow(missing);
      return true;
    } catch {
      return false;
    }
  }
}

const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/** Memory beside the arena, for data that does not fit into it. */
export function hostMemory(bytes: number, full: () => ChromaskError): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch {
    throw full();
  }
}
