// How many threads a run has: no more than help. A thread above the number of cores makes nothing faster, and each has a device.
import { availableParallelism, freemem, loadavg } from 'node:os';
import type { Command } from './args.js';

/** Bytes of a thread with a picture of some megapixels: docs/scale.md has the measure. */
const OF_A_THREAD = 128 * 2 ** 20;

/** The most threads that work on one picture together, and the most without `--concurrency`. */
const MOST = 32;
const ENOUGH = 16;

/** Threads for the only picture of a run: as many as said, or as there are cores that nothing else keeps busy. */
export function threadsForOne(command: Command): number {
  return command.asked ? Math.min(MOST, threadsFor(command).threads) : freeCores();
}

/** Other programs are taken to need what they needed in the last minute; Windows does not tell, so there all cores count as free. */
export function freeCores(): number {
  const [busy] = loadavg();
  return Math.min(ENOUGH, Math.max(1, availableParallelism() - Math.round(busy)));
}

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
