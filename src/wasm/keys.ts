// A picture's pixels as the 32-bit keys that kernels count and find colours by, in pieces that threads may share.
import type { Pause } from '../base/pause.js';
import type { Blocks } from './blocks.js';
import type { WasmEngine, WasmSlot } from './engine.js';
import type { Kernels } from './module.js';
import { BAND } from './track.js';

/** The first key, and the one after the last. */
export type Piece = readonly [from: number, to: number];

/** A kernel that is called for some keys at a time. */
export interface Query {
  readonly kernel: string;
  /** The address of the first key, or of the pixel that it is made from. */
  readonly src: number;
  readonly channels: number;
  readonly pieces: readonly Piece[];
  /** Keys in one call. */
  readonly band: number;
  /** The arguments before the keys, for each member. The first one advances by this many bytes from piece to piece. */
  readonly told: readonly (readonly number[])[];
  readonly step: number;
}

export interface Keys {
  /** The pieces of a picture. */
  readonly pieces: readonly Piece[];
  /** A block of `bytes` for each working member, this thread first; for fewer members if memory is short. */
  blocks(bytes: number): number[];
  free(blocks: readonly number[]): void;
  /** Runs a kernel over picture `index`. False if it stopped early: a kernel returns 0 when it has seen enough. */
  over(index: number, kernel: string, told: Query['told'], step?: number): Promise<boolean>;
  /** The same over lists of keys, one call each. Returns the lists that are left if one was too long. */
  lists(src: number, kernel: string, told: Query['told'], lists: readonly Piece[]): Promise<Piece[]>;
}

/** `kernels` are the part for colours. The caller ends `blocks`. */
export function keysOf(engine: WasmEngine, kernels: Kernels, slot: WasmSlot, blocks: Blocks, pause?: Pause): Keys {
  const { arena } = engine;
  const { height, width, channels } = slot.extent;
  const total = height * width;
  const crew = engine.crew && slot.at !== undefined && total >= engine.crew.least ? engine.crew : undefined;
  const pieces: readonly Piece[] = crew?.pieces(total) ?? [[0, total]];
  let brought: number | undefined;
  let spread: number | undefined;

  /** The address of the keys of these pixels. */
  const load = (pixel: number, n: number): number => {
    const at = pixel * channels;
    let src = (slot.at ?? 0) + at;
    if (slot.at === undefined) {
      src = brought ??= blocks.take(BAND * channels);
      engine.copy(arena.u8(brought, n * channels), engine.view(slot).subarray(at, at + n * channels));
    }
    if (channels === 4) return src;
    spread ??= blocks.take(BAND * 4);
    kernels.words(spread, src, n, channels);
    return spread;
  };

  return {
    pieces,
    blocks(bytes) {
      const own = [blocks.take(bytes)];
      return [...own, ...(crew?.own(bytes, blocks) ?? [])];
    },
    free(own) {
      for (const at of own) blocks.free(at);
    },
    async over(index, kernel, told, step = 0) {
      const first = index * total;
      if (crew) {
        const src = (slot.at ?? 0) + first * channels;
        return (await crew.keys(engine, kernels, { kernel, src, channels, pieces, band: BAND, told, step }, pause))
          .whole;
      }
      for (let from = 0; from < total; from += BAND) {
        const n = Math.min(BAND, total - from);
        if (kernels[kernel](...told[0], load(first + from, n), n, from) === 0) return false;
        const wait = pause?.();
        if (wait) await wait;
      }
      return true;
    },
    async lists(src, kernel, told, lists) {
      if (crew) {
        const query = { kernel, src, channels: 4, pieces: lists, band: Infinity, told, step: 0 };
        const { done } = await crew.keys(engine, kernels, query, pause);
        return lists.filter((_, i) => !done(i));
      }
      for (const [i, [from, to]] of lists.entries()) {
        if (kernels[kernel](...told[0], src + from * 4, to - from) === 0) return lists.slice(i);
        const wait = pause?.();
        if (wait) await wait;
      }
      return [];
    },
  };
}
