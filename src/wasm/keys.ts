// A picture's pixels as the 32-bit keys that kernels count and find colours by.
import type { Breath } from '../base/pause.js';
import type { Blocks } from './blocks.js';
import type { WasmEngine, WasmSlot } from './engine.js';
import type { Kernels } from './module.js';
import { BAND } from './track.js';

/** Goes over a picture band by band, and says whether to the end: `use` may say that it has seen enough. */
export type Keys = (index: number, use: (src: number, n: number, from: number) => unknown) => Promise<boolean>;

/** `kernels` are the part for colours; `blocks` are the caller's to end. */
export function keysOf(engine: WasmEngine, kernels: Kernels, slot: WasmSlot, blocks: Blocks, breath?: Breath): Keys {
  const { height, width, channels } = slot.extent;
  const total = height * width;
  let brought: number | undefined;
  let spread: number | undefined;

  const load = (pixel: number, n: number): number => {
    const at = pixel * channels;
    if (slot.at !== undefined) return slot.at + at;
    brought ??= blocks.take(BAND * channels);
    engine.copy(engine.arena.u8(brought, n * channels), engine.view(slot).subarray(at, at + n * channels));
    return brought;
  };

  return async (index, use) => {
    for (let from = 0; from < total; from += BAND) {
      const n = Math.min(BAND, total - from);
      let src = load(index * total + from, n);
      if (channels < 4) {
        spread ??= blocks.take(BAND * 4);
        kernels.words(spread, src, n, channels);
        src = spread;
      }
      if (use(src, n, from) === false) return false;
      const wait = breath?.();
      if (wait) await wait;
    }
    return true;
  };
}
