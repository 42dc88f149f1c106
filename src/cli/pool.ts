// Jobs over worker threads; a thread that dies costs its job, not the run.
import { Worker } from 'node:worker_threads';
import type { Job, Report, Run } from './job.js';

export async function overWorkers(
  jobs: readonly Job[],
  threads: number,
  command: Run,
  signal: AbortSignal,
  done: (report: Report) => void,
): Promise<void> {
  let next = 0;
  const take = (): Job | undefined => (signal.aborted ? undefined : jobs[next++]);
  const workers = new Set<Worker>();
  // one listener for all of them
  const stop = (): void => {
    for (const worker of workers) worker.postMessage('stop');
  };
  signal.addEventListener('abort', stop);
  const count = Math.min(threads, jobs.length);
  await Promise.all(Array.from({ length: count }, () => thread(take, workers, command, signal, done)));
  signal.removeEventListener('abort', stop);
}

/** Works until there are no more jobs, with a new thread where one died. */
async function thread(
  take: () => Job | undefined,
  workers: Set<Worker>,
  command: Run,
  signal: AbortSignal,
  done: (report: Report) => void,
): Promise<void> {
  let job = take();
  while (job) {
    const worker = new Worker(new URL('./cli-worker.js', import.meta.url), { workerData: command });
    workers.add(worker);
    let current: Job | undefined = job;
    let cause = 'the worker ended';
    worker.on('message', (report: Report) => {
      done(report);
      current = take();
      worker.postMessage(current ?? 'stop');
    });
    worker.on('error', (error: Error) => {
      cause = error.message;
    });
    worker.postMessage(job);
    await new Promise((resolve) => worker.once('exit', resolve));
    if (current && !signal.aborted) {
      done({ input: current.input, status: 'failed', outputs: [], error: { code: 'worker', message: cause } });
    }
    job = take();
    workers.delete(worker);
  }
}
