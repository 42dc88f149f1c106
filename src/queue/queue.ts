// The client: adds jobs of many pictures and reports on them.
import { ChromaskError, fingerprint } from 'chromask';
import { type AnyRecipe, type Bits, checkRecipe } from '../outputs/picture.js';
import { refused, shown } from '../outputs/refused.js';
import { collected, refuseRemaking, refuseReplacing } from './add.js';
import { type Connection, checkPlace, queueOf } from './bull.js';
import { checkBits, type DeadLetter, deadName, type JobData, type Picture } from './data.js';
import { makerOf, notesOf } from './notes.js';
import { type Status, statusOf } from './status.js';
import { checkSpec, type StoreSpec } from './stores.js';

export interface QueueOptions {
  /** Default `redis://127.0.0.1:6379`. */
  connection?: Connection | undefined;
  /** Default `chromask`. */
  name?: string | undefined;
}

export interface AddOptions {
  recipe: AnyRecipe;
  /** Bits per pixel of the PNG files. Default 8. */
  bits?: Bits | undefined;
  /** Pictures per job. Default 100. */
  perJob?: number | undefined;
  /** How often a job is tried if something fails that may work later. Default 5. */
  attempts?: number | undefined;
  /** Milliseconds before the second try, doubled for each further one. Default 1000. */
  backoff?: number | undefined;
  /**
   * Where the workers read and write, as in their options. With a different `to`, a mask may have the name of a
   * picture.
   */
  from?: StoreSpec | undefined;
  to?: StoreSpec | undefined;
  /** Add outputs again that were added with another recipe. Their masks are replaced. */
  force?: boolean | undefined;
}

const JOBS_AT_ONCE = 50;
const ADDED = 'recipe bits perJob attempts backoff from to force';

export interface Failure extends DeadLetter {
  /** For a job that failed as a whole: how many pictures it has. This failure names the first. */
  pictures?: number;
}

export interface PictureQueue {
  /**
   * Adds pictures. Before anything is added, refuses recipes and names that no worker would take, masks in place of
   * the queue's pictures, and outputs that were added with another recipe. What was added before is not made twice.
   */
  add(
    pictures: Iterable<Picture> | AsyncIterable<Picture>,
    options: AddOptions,
  ): Promise<{ jobs: number; pictures: number }>;
  status(): Promise<Status>;
  /** Pictures that will not be made, with their errors. */
  failures(): AsyncIterable<Failure>;
  close(): Promise<void>;
}

/** A client that adds jobs for the workers of a queue. */
export async function createQueue(options: QueueOptions = {}): Promise<PictureQueue> {
  const { connection, name = 'chromask' } = objectOf('createQueue', options, 'connection name');
  checkPlace('createQueue', connection, name);
  const queue = await queueOf(name, connection);
  const dead = await queueOf(deadName(name), connection);
  return {
    async add(pictures, options) {
      const { recipe, bits = 8, attempts = 5, backoff = 1000, from, to } = objectOf('queue', options, ADDED);
      if (from !== undefined) checkSpec('from', from, 'queue');
      if (to !== undefined) checkSpec('to', to, 'queue');
      const many = Object(pictures) as Partial<Iterable<Picture> & AsyncIterable<Picture>>;
      if (typeof many[Symbol.iterator] !== 'function' && typeof many[Symbol.asyncIterator] !== 'function')
        throw refused('queue', 'pictures', 'a list of pictures', pictures);
      const perJob = wholeOf('perJob', options.perJob ?? 100, 10_000);
      wholeOf('attempts', attempts, 1000);
      wholeOf('backoff', backoff, 2 ** 31);
      checkBits(bits);
      await checkRecipe(recipe);
      const opts = { attempts, backoff: { type: 'exponential', delay: backoff } };
      const all = await collected(pictures);
      const notes = await notesOf(queue);
      const maker = makerOf(await fingerprint(recipe), bits);
      const elsewhere = to !== undefined && JSON.stringify(to) !== JSON.stringify(from ?? '.');
      if (!elsewhere) await refuseReplacing(all, notes);
      if (!options.force) await refuseRemaking(all, maker, notes);
      // before a worker can start the first of them
      await notes.note(all, maker);
      const count = { jobs: 0, pictures: 0 };
      for (let at = 0; at < all.length; at += perJob * JOBS_AT_ONCE) {
        const some = all.slice(at, at + perJob * JOBS_AT_ONCE);
        const jobs = Array.from({ length: Math.ceil(some.length / perJob) }, (_, i) => {
          const data: JobData = {
            chromask: 1,
            recipe,
            bits,
            pictures: some.slice(i * perJob, (i + 1) * perJob),
            noted: true,
          };
          return { name: 'pictures', data, opts };
        });
        const added = await queue.addBulk(jobs);
        await notes.count(added.length, some.length);
        count.jobs += added.length;
        count.pictures += some.length;
      }
      return count;
    },
    status: () => statusOf(queue, dead),
    async *failures() {
      for (let at = 0; ; at += 500) {
        const letters = await dead.getJobs(['waiting'], at, at + 499, true);
        for (const { data } of letters) yield data as Failure;
        if (letters.length < 500) break;
      }
      for (let at = 0; ; at += 100) {
        const jobs = await queue.getJobs(['failed'], at, at + 99, true);
        for (const { data, failedReason, attemptsMade } of jobs)
          yield failureOf(data as JobData, failedReason, attemptsMade);
        if (jobs.length < 100) break;
      }
    },
    async close() {
      await Promise.all([queue.close(), dead.close()]);
    },
  };
}

function failureOf(data: JobData, message: string, attempts: number): Failure {
  const pictures = Array.isArray(data?.pictures) ? data.pictures : [];
  const { input = '', output = '' } = pictures[0] ?? {};
  return { input, output, error: { code: 'job', message }, recipe: '', attempts, pictures: pictures.length };
}

/** Checks options: an object with these names only. */
export function objectOf<T extends object>(operation: string, options: T, names: string): T {
  if (Object(options) !== options || Array.isArray(options)) throw refused(operation, 'options', 'an object', options);
  const known = names.split(' ');
  const other = Object.keys(options).find((name) => !known.includes(name));
  if (other === undefined) return options;
  const text = `${operation}: there is no option ${shown(other)}; it takes ${known.join(', ')}`;
  throw new ChromaskError('bad-argument', text);
}

export function wholeOf(name: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw refused('queue', name, `a whole number between 1 and ${most}`, value);
}
