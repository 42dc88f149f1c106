// The progress of a queue, its rate, and how long it will take.
import type { Queue } from 'bullmq';
import type { JobData } from './data.js';
import { notesOf } from './notes.js';

export interface Status {
  jobs: { waiting: number; active: number; delayed: number; completed: number; failed: number };
  /** Estimated from jobs of the usual size if there are more than a hundred of a kind. */
  pictures: { left: number; done: number; failed: number };
  /** Pictures a second, over the last minute with results. */
  rate: number;
  /** Seconds until all is done; undefined if nothing progresses. */
  secondsLeft: number | undefined;
  workers: number;
  /**
   * All pictures ever added, and jobs that neither wait nor have ended, because Redis lost them or they were
   * removed.
   */
  added: { jobs: number; pictures: number; lost: number };
}

const SAMPLE = 100;
const MINUTE = 60_000;

export async function statusOf(queue: Queue, dead: Queue): Promise<Status> {
  const notes = await notesOf(queue);
  const [added, counts, metrics, broke, letters, workers, open, recent, broken] = await Promise.all([
    notes.added(),
    queue.getJobCounts('waiting', 'active', 'delayed', 'completed', 'failed', 'prioritized'),
    queue.getMetrics('completed', 0, 0),
    queue.getMetrics('failed', 0, 0),
    dead.getJobCountByTypes('waiting'),
    queue.getWorkersCount().catch(() => 0),
    queue.getJobs(['waiting', 'active', 'delayed'], 0, SAMPLE - 1),
    queue.getJobs(['completed'], 0, SAMPLE - 1),
    queue.getJobs(['failed'], 0, SAMPLE - 1),
  ]);
  const completed = Math.max(counts.completed, metrics.meta.count);
  const left = scaled(open.map(sizeOf), counts.waiting + counts.active + counts.delayed);
  const done = scaled(recent.map(sizeOf), completed);
  const there = counts.waiting + counts.active + counts.delayed + counts.prioritized;
  const rate = rateOf(
    recent.map((job) => ({ pictures: sizeOf(job), from: job.processedOn ?? 0, to: job.finishedOn ?? 0 })),
  );
  return {
    jobs: { waiting: counts.waiting, active: counts.active, delayed: counts.delayed, completed, failed: counts.failed },
    pictures: { left, done: Math.max(0, done - letters), failed: letters + scaled(broken.map(sizeOf), counts.failed) },
    rate,
    secondsLeft: left === 0 ? 0 : rate ? left / rate : undefined,
    workers,
    added: { ...added, lost: Math.max(0, added.jobs - there - completed - Math.max(counts.failed, broke.meta.count)) },
  };
}

function sizeOf(job: { data: unknown; returnvalue?: unknown } | undefined): number {
  const { pictures } = (job?.data ?? {}) as Partial<JobData>;
  return Array.isArray(pictures) ? pictures.length : 0;
}

/** A sample's sum, extrapolated to `count` jobs. */
function scaled(sizes: readonly number[], count: number): number {
  const sum = sizes.reduce((a, b) => a + b, 0);
  return count > sizes.length && sizes.length ? Math.round((sum / sizes.length) * count) : sum;
}

function rateOf(jobs: readonly { pictures: number; from: number; to: number }[]): number {
  const end = Math.max(0, ...jobs.map(({ to }) => to));
  const counted = jobs.filter(({ to }) => to > end - MINUTE);
  const start = Math.min(...counted.map(({ from }) => from));
  const pictures = counted.reduce((sum, job) => sum + job.pictures, 0);
  return counted.length && end > start ? (pictures / (end - start)) * 1000 : 0;
}
