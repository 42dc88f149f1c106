// Gives kernels the bands of slots: in the arena, or copied into a block from memory beside it.
import { bytesOf, type Extent } from '../engine.js';
import type { Blocks } from './blocks.js';
import type { WasmEngine, WasmSlot } from './engine.js';
import { BAND, type Term, term } from './track.js';

export const pixelBytes = (extent: Pick<Extent, 'channels' | 'dtype'>): number =>
  extent.channels * (extent.dtype === 'uint8' ? 1 : 4);

export const pictureBytes = (extent: Extent): number => bytesOf(extent) / extent.batch;

export class Operands {
  readonly #engine: WasmEngine;
  readonly #blocks: Blocks;
  readonly #stages: ((b: number, from: number, n: number) => void)[] = [];

  constructor(engine: WasmEngine, blocks: Blocks) {
    this.#engine = engine;
    this.#blocks = blocks;
  }

  /** Whether all of them are in the arena. */
  get near(): boolean {
    return this.#stages.length === 0;
  }

  /** The address of a band of a slot. A single picture serves every picture of the batch. */
  of(slot: WasmSlot): Term {
    const each = pixelBytes(slot.extent);
    const stride = slot.extent.batch > 1 ? pictureBytes(slot.extent) : 0;
    if (slot.at !== undefined) return term(slot.at, stride, each);
    const engine = this.#engine;
    const block = this.#blocks.take(BAND * each);
    this.#stages.push((b, from, n) => {
      const offset = b * stride + from * each;
      engine.copy(engine.arena.u8(block, n * each), engine.view(slot).subarray(offset, offset + n * each));
    });
    return term(block);
  }

  /** Copies a band of each slot that is beside the arena. */
  bring(b: number, from: number, n: number): void {
    for (const stage of this.#stages) stage(b, from, n);
  }
}
