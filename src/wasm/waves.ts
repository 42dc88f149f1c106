// Makes the blocks of a zlib stream (deflation.ts) on several threads, some at a time, so that neither the picture
// nor the result has to fit in memory.
import type { Pause } from '../base/pause.js';
import type { Room } from '../engine.js';
import type { Crew } from './crew.js';
import { blocksIn, type Desk, most, type Packing, reach, stateBytes, sumOfBoth, windowBytes } from './deflation.js';

/** Blocks for each member before finished ones are handed over. */
const WAVE = 4;

export interface Growing {
  sum: number;
  readonly parts: Uint8Array[];
}

export async function waves(
  crew: Crew,
  { arena, kernels }: Room,
  packing: Packing,
  /** Writes rows of the picture in the file's format. */
  rowsInto: (dst: number, from: number, count: number) => void,
  stream: Growing,
  pause?: Pause,
): Promise<void> {
  const { row, height, block } = packing;
  const wave = Math.min(blocksIn(packing), crew.members * WAVE);
  const each = most(block * (row + 1));
  const blocks: number[] = [];
  const work = (bytes: number): number => {
    const at = arena.alloc(bytes);
    blocks.push(at);
    return at;
  };
  const deskOf = (): Desk => ({ state: work(stateBytes(packing)), window: work(windowBytes(packing)) });
  try {
    const above = work(row * (1 + Math.min(height, 1 + reach(packing, height) + wave * block)));
    const outs = work(wave * each);
    const desks = [deskOf()];
    while (desks.length < crew.members) {
      try {
        desks.push(deskOf());
      } catch {
        break; // memory for no more
      }
    }
    arena.u8(above, row).fill(0);
    for (let from = 0; from < height; from += wave * block) {
      const to = Math.min(from + wave * block, height);
      const top = Math.max(0, from - reach(packing, from) - 1);
      rowsInto(above + row, top, to - top);
      const ends = crew.counts(wave);
      const sums = crew.counts(wave);
      const job = { kind: 'blocks', packing, desks, rows: above + row, top, from, to, outs, each, ends, sums } as const;
      await crew.run(kernels, job, pause);
      for (let y = from, at = outs, i = 0; y < to; y += block, at += each, i++) {
        stream.parts.push(arena.u8(at, ends[i]).slice());
        stream.sum = sumOfBoth(stream.sum, sums[i] >>> 0, (Math.min(y + block, to) - y) * (row + 1));
      }
    }
  } finally {
    for (const at of blocks) arena.free(at);
  }
}
