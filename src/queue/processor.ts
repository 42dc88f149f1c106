// A process for jobs of the queue. BullMQ starts it, and replaces it if it dies.

import type { Queue } from 'bullmq';
import { ChromaskError, type Device, fingerprint, open } from 'chromask';
import { queueOf } from './bull.js';
import { type DeadLetter, deadName, type JobResult, namesOf, readJob } from './data.js';
import { type Kept, keptOf } from './kept.js';
import { type Notes, notesOf } from './notes.js';
import { makeOne, passing, type Settings } from './picture.js';
import { type Store, storeOf } from './stores.js';

/** The parts of a job that are used here, as BullMQ passes it to a process. */
interface Job {
  readonly id?: string;
  readonly data: unknown;
  readonly progress: unknown;
  readonly attemptsMade: number;
  readonly attemptsStarted?: number;
  readonly opts: { readonly attempts?: number };
  updateProgress(progress: object): Promise<void>;
}

/**
 * The progress of a job. `at`: the picture that it is about to make, which only matters if an earlier run was cut
 * off.
 */
interface Progress {
  done: number;
  of: number;
  at?: number;
  deaths?: number;
}

/** A picture is given up if the process has died this often while making it. */
const DEADLY = 3;

const settings = JSON.parse(process.env.CHROMASK_QUEUE ?? '{}') as Settings;
let open1: Promise<{ device: Device; from: Store; to: Store; kept: Kept }> | undefined;
let notes1: Promise<Notes> | undefined;

// a worker that was killed cannot stop its processes
process.on('disconnect', () => process.exit(1));

export default async function work(job: Job, _token?: string, signal?: AbortSignal): Promise<JobResult> {
  const data = await readJob(job.data).catch(hopeless);
  // a failed start is forgotten, because the disk or network may be back for the next job
  open1 ??= ready().catch((error: unknown) => {
    open1 = undefined;
    throw error;
  });
  const { device, from, to, kept } = await open1;
  const { recipe, bits, pictures, noted } = data;
  if (noted) await kept.foresee(outputsOf(pictures));
  const last = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
  const before = (job.progress ?? {}) as Partial<Progress>;
  const careful = (job.attemptsStarted ?? 1) > 1;
  const deaths = before.at === undefined ? 0 : (before.deaths ?? 0) + 1;
  const result: JobResult = { made: 0, skipped: 0, failed: 0, ms: 0 };
  const dead: { i: number; error: unknown }[] = [];
  const later: unknown[] = [];
  const start = performance.now();
  let told = start;
  for (const [i, picture] of pictures.entries()) {
    signal?.throwIfAborted();
    try {
      if (i === before.at && deaths >= DEADLY)
        throw new ChromaskError('queue', 'queue: the process died of this picture');
      if (careful)
        await job.updateProgress({ done: i, of: pictures.length, at: i, deaths: i === before.at ? deaths : 0 });
      const names = namesOf(picture);
      const how = {
        ...{ recipe, bits, force: settings.force === true, kept: noted ? kept : undefined },
        ms: settings.readTimeout,
      };
      result[await makeOne(device, { from, to }, names, how, signal)]++;
    } catch (error) {
      signal?.throwIfAborted();
      if (passing(error) && !last) later.push(error);
      else dead.push({ i, error });
    }
    if (performance.now() - told < 1000) continue;
    told = performance.now();
    if (!careful) await job.updateProgress({ done: i + 1, of: pictures.length });
  }
  result.failed = dead.length;
  result.ms = performance.now() - start;
  if (dead.length) {
    const name = await fingerprint(recipe);
    await bury(
      job,
      dead.map(({ i, error }) => ({ i, letter: { ...plain(pictures[i]), error: facts(error), recipe: name } })),
    );
  }
  await job.updateProgress({ done: pictures.length - later.length, of: pictures.length });
  if (later.length) {
    throw new Error(`${later.length} of ${pictures.length} pictures failed for now: ${facts(later[0]).message}`);
  }
  return result;
}

async function ready() {
  const { device, from, to } = settings;
  // a single store if both are the same, so that equal names mean the same object
  const one = JSON.stringify(from) === JSON.stringify(to);
  const first = storeOf(from);
  const [source, target] = await Promise.all([first, one ? first : storeOf(to)]);
  // the device last, so that it does not stay open if a store cannot be reached
  return { device: await open({ device }), from: source, to: target, kept: keptOf(notes, source, target) };
}

/** Only used if the stores have something in common. */
function notes(): Promise<Notes> {
  notes1 ??= queueOf(settings.name, settings.connection, true).then((queue: Queue) => notesOf(queue));
  return notes1;
}

/** The outputs of pictures with valid names. The others fail by themselves. */
const outputsOf = (pictures: readonly unknown[]): string[] =>
  pictures.map((picture) => plain(picture).output).filter((output) => output !== 'undefined');

/** Adds dead letters, each under its own name, so that a job that runs twice adds them once. */
async function bury(job: Job, dead: { i: number; letter: Omit<DeadLetter, 'attempts'> }[]): Promise<void> {
  const queue = await queueOf(deadName(settings.name), settings.connection, true);
  try {
    const attempts = job.attemptsMade + 1;
    await queue.addBulk(
      dead.map(({ i, letter }) => ({
        name: letter.error.code,
        data: { ...letter, attempts },
        opts: { jobId: `${job.id}-${i}` },
      })),
    );
  } finally {
    await queue.close();
  }
}

const plain = (picture: unknown): { input: string; output: string } => {
  const { input, output } = (picture ?? {}) as { input?: unknown; output?: unknown };
  return { input: String(input).slice(0, 1000), output: String(output).slice(0, 1000) };
};

function facts(error: unknown): DeadLetter['error'] {
  const { code, name } = error as { code?: unknown; name?: unknown };
  const message = error instanceof Error ? error.message : String(error);
  return { code: typeof code === 'string' ? code : typeof name === 'string' ? name : 'error', message };
}

/** Throws an error whose name tells BullMQ not to try again. */
function hopeless(error: unknown): never {
  const { code, message } = facts(error);
  throw Object.assign(new Error(`${message} (${code})`), { name: 'UnrecoverableError' });
}
