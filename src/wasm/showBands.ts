// Makes a picture for display on several threads: some bands at a time, which the caller hands over while others
// make more.
import type { Pause } from '../base/pause.js';
import type { Put } from '../engine.js';
import type { Blocks } from './blocks.js';
import type { Crew } from './crew.js';
import { PAD } from './memory.js';
import type { Kernels } from './module.js';
import type { Desk, Showing } from './showing.js';

/** Bytes of colours that are made before finished bands are handed over. */
const WAVE = 2 ** 24;
/** Grains of the smallest band. */
const SMALL = 4;

/** False if it is not worth it or memory is short. `most`: rows of the largest band. */
export async function showBands(
  crew: Crew,
  kernels: Kernels,
  blocks: Blocks,
  showing: Showing,
  most: number,
  deskOf: (take: (bytes: number) => number, step: number) => Desk,
  put: Put,
  pause?: Pause,
): Promise<boolean> {
  const { size, layer } = showing;
  const { width, height } = size;
  if (Math.max(width * height, layer.width * layer.height) < crew.least) return false;
  const step = crew.rows(size, SMALL, most);
  // kernels may write beyond the end of a band
  const each = Math.ceil((step * width * 4 + PAD) / 64) * 64;
  const wave = Math.min(Math.ceil(height / step), Math.max(crew.members, Math.floor(WAVE / each)));
  const outs = blocks.find(wave * each);
  if (outs === undefined) return false;
  const desks: Desk[] = [];
  try {
    while (desks.length < crew.members) desks.push(deskOf((bytes) => blocks.take(bytes), step));
  } catch {
    if (!desks.length) return false; // memory for no more
  }
  for (let from = 0; from < height; from += wave * step) {
    const to = Math.min(height, from + wave * step);
    const done = crew.counts(wave);
    let next = 0;
    const handOver = (): void => {
      for (; next < wave && Atomics.load(done, next); next++) {
        const top = from + next * step;
        const bytes = Math.min(step, to - top) * width * 4;
        const { buffer } = blocks.arena.memory;
        put(new Uint8ClampedArray(buffer as ArrayBuffer, outs + next * each, bytes), top);
      }
    };
    const job = { kind: 'show', showing, desks, outs, each, step, from, to, done } as const;
    await crew.run(kernels, job, () => {
      handOver();
      return pause?.();
    });
    handOver();
  }
  return true;
}
