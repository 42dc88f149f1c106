// How many threads a run has: no more than help. A thread above the number of cores makes nothing faster, and each has a device.
import { availableParallelism, freemem } from 'node:os';
import type { Command } from './args.js';

/** Bytes of a thread with a picture of some megapixels: docs/scale.md has the measure. */
const OF_A_THREAD = 128 * 2 ** 20;

export function threadsFor({ concurrency, forceConcurrency }: Command): { threads: number; why?: string } {
  const cores = availableParallelism();
  const room = Math.max(1, Math.floor(freemem() / OF_A_THREAD));
  const most = Math.min(cores, room);
  if (forceConcurrency || concurrency <= most) return { threads: concurrency };
  const bound = cores <= room ? 'one for each core' : 'as many as there is memory for';
  const threads = most === 1 ? '1 thread works' : `${most} threads work`;
  return {
    threads: most,
    why: `--concurrency ${concurrency}: ${threads}, ${bound}; --force-concurrency takes the number as it is`,
  };
}
