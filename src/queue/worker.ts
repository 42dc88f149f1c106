// The worker: runs each job in a process, and survives if the process dies.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { readTimeout as defaultTimeout } from '../outputs/reading.js';
import { refused } from '../outputs/refused.js';
import { bull, type Connection, checkPlace, connectionOf, queueOf } from './bull.js';
import type { JobResult } from './data.js';
import type { Settings } from './picture.js';
import { objectOf, wholeOf } from './queue.js';
import { checkSpec, type StoreSpec } from './stores.js';

export interface WorkerOptions {
  /** Where Redis is. Default: this machine. */
  connection?: Connection | undefined;
  /** Default `chromask`. */
  name?: string | undefined;
  /** Where names of inputs lead. Default: the current folder. */
  from?: StoreSpec | undefined;
  /** Where names of outputs lead. Default: the same as `from`. */
  to?: StoreSpec | undefined;
  /**
   * Processes, each with a device and a job of its own. Default, and without `forceConcurrency` also the limit: one
   * for each core.
   */
  concurrency?: number | undefined;
  /** true: uses `concurrency` even if there are fewer cores. */
  forceConcurrency?: boolean | undefined;
  /** The device of each process. Default `auto`. */
  device?: 'auto' | 'webgl2' | 'wasm' | undefined;
  /** true: replaces files that chromask did not write. */
  force?: boolean | undefined;
  /** Milliseconds without a sign of life after which another worker takes over a job. Default 30000. */
  lock?: number | undefined;
  /** Milliseconds in which a picture must be read. Default 60000. */
  readTimeout?: number | undefined;
  /** Called after each picture of a job. */
  onProgress?: ((progress: { job: string; done: number; of: number }) => void) | undefined;
  /** Called after each finished job. */
  onDone?: ((result: JobResult & { job: string }) => void) | undefined;
  /** Called for a job that failed. It will be tried again unless `final`. */
  onFailed?: ((failure: { job: string; message: string; final: boolean }) => void) | undefined;
}

export interface PictureWorker {
  /** The number of processes. */
  readonly concurrency: number;
  /** Finishes the jobs at hand and takes no more. */
  close(): Promise<void>;
}

const KNOWN =
  'connection name from to concurrency forceConcurrency device force lock readTimeout onProgress onDone onFailed';

/** Works on a queue's jobs until it is closed. */
export async function createWorker(options: WorkerOptions = {}): Promise<PictureWorker> {
  const {
    connection,
    name = 'chromask',
    from = '.',
    to = from,
    device,
    force,
  } = objectOf('createWorker', options, KNOWN);
  checkPlace('createWorker', connection, name);
  checkSpec('from', from);
  checkSpec('to', to);
  for (const name of ['onProgress', 'onDone', 'onFailed'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'function')
      throw refused('createWorker', name, 'a function', options[name]);
  }
  const readTimeout = wholeOf('readTimeout', options.readTimeout ?? defaultTimeout, 2 ** 31 - 1);
  const lock = wholeOf('lock', options.lock ?? 30_000, 2 ** 31 - 1);
  const { forceConcurrency = false } = options;
  if (typeof forceConcurrency !== 'boolean')
    throw refused('createWorker', 'forceConcurrency', 'true or false', forceConcurrency);
  const cores = availableParallelism();
  const asked = wholeOf('concurrency', options.concurrency ?? cores, 10_000);
  const concurrency = forceConcurrency ? asked : Math.min(asked, cores);
  if (device !== undefined && !['auto', 'webgl2', 'wasm'].includes(device))
    throw refused('queue', 'device', 'one of auto, webgl2, wasm', device);
  const { Worker, MetricsTime } = await bull();
  // fails within seconds if no server answers, whereas BullMQ's worker would wait without end
  await (await queueOf(name, connection)).close();
  const settings: Settings = { name, connection, from, to, device, force, readTimeout };
  const worker = new Worker(name, fileURLToPath(new URL('./queue-processor.js', import.meta.url)), {
    connection: connectionOf(connection, { maxRetriesPerRequest: null }),
    concurrency,
    lockDuration: lock,
    stalledInterval: lock,
    // machines come and go, so a job may be taken over often; deaths caused by a picture are counted elsewhere
    maxStalledCount: 100,
    removeOnComplete: { count: 1000 },
    metrics: { maxDataPoints: MetricsTime.ONE_WEEK },
    workerForkOptions: { env: { ...process.env, CHROMASK_QUEUE: JSON.stringify(settings) } },
  });
  // the client reconnects to Redis by itself
  worker.on('error', () => {});
  worker.on('progress', ({ id }, progress) => {
    const { done = 0, of = 0 } = progress as { done?: number; of?: number };
    options.onProgress?.({ job: id ?? '', done, of });
  });
  worker.on('completed', ({ id }, result: JobResult) => options.onDone?.({ job: id ?? '', ...result }));
  worker.on('failed', (job, error) => {
    const final = !job || job.finishedOn !== undefined;
    options.onFailed?.({ job: job?.id ?? '', message: error.message, final });
  });
  return { concurrency, close: () => worker.close() };
}
