// Blocks of memory that are freed together when a piece of work ends, also by an error.
import type { Step } from '../engine.js';
import type { Arena } from './memory.js';

export class Blocks {
  readonly #all: number[] = [];

  constructor(readonly arena: Arena) {}

  /** A block of this many bytes. If memory is exhausted, `end` still frees the blocks taken before. */
  take(bytes: number): number {
    const at = this.arena.alloc(bytes);
    this.#all.push(at);
    return at;
  }

  /** The same, or undefined if memory is exhausted. */
  find(bytes: number): number | undefined {
    const at = this.arena.find(bytes);
    if (at !== undefined) this.#all.push(at);
    return at;
  }

  /** Frees one block early. */
  free(at: number): void {
    this.arena.free(at);
    this.#all.splice(this.#all.indexOf(at), 1);
  }

  end(): void {
    for (const at of this.#all.splice(0)) this.arena.free(at);
  }
}

/** Writes a step's numbers as its kernel reads them: int32 or float32, in the order of the row. */
export function writeNumbers(step: Pick<Step, 'numbers' | 'floats'>, write: (bytes: Uint8Array) => void): void {
  const view = new DataView(new ArrayBuffer(step.numbers.length * 4));
  step.numbers.forEach((number, i) => {
    if (step.floats[i]) view.setFloat32(i * 4, number, true);
    else view.setUint32(i * 4, number, true); // modulo 2^32, so negative numbers become int32
  });
  write(new Uint8Array(view.buffer));
}
