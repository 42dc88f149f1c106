// What a run may not write: two masks to one file, and a file that it reads. Files are compared as the disk knows them.
import { dirname } from 'node:path';
import { identity } from '../outputs/files.js';
import { isOurs } from '../outputs/mark.js';
import { type Places, places } from '../outputs/places.js';
import type { Command } from './args.js';
import { claimsOf, type Job, pathOf, type Reads } from './job.js';
import { UsageError } from './values.js';

/** Refuses clashes that are known before anything is made. The function that it gives refuses those that show later, with the names. */
export async function refuseClashes(jobs: readonly Job[], command: Command): Promise<Reads> {
  const at = places();
  const owners = new Map<string, Job>();
  const readers = command.force ? await readersOf(jobs, at) : new Map<string, Job>();
  const others = command.force ? await placesOf(othersOf(command), at) : new Set<string>();
  for (const job of jobs) {
    for (const name of claimsOf(job, command)) {
      const place = await at.of(name);
      const other = owners.get(place);
      if (other === job) throw new UsageError(`two masks of ${job.input} would both be ${name}`);
      if (other) throw clash(other, job, name);
      owners.set(place, job);
      const reader = readers.get(place);
      if (others.has(place)) throw new UsageError(`${job.input} would write ${name}, which this run reads`);
      if (!reader || reader === job || (await mayGo(reader, name, command, at))) continue;
      throw new UsageError(`${job.input} would write ${name}, a picture of this run`);
    }
  }
  // an animated picture writes cat.red.0.png, … in the place of cat.red.png
  for (const job of jobs) {
    if (!job.output) continue;
    const other = owners.get(await at.of(job.output.replace(/\.\d+\.png$/, '.png')));
    if (other && !other.output) throw clash(other, job, job.output);
  }
  return command.force || command.resume ? readsOf(jobs, command, at) : new Map();
}

const clash = (a: Job, b: Job, name: string): UsageError =>
  new UsageError(`${a.input} and ${b.input} would both write ${name}`);

const isPath = (input: string): boolean => input !== '-' && !/^(https?|data):/i.test(input);

/** What is read beside the pictures. */
const othersOf = ({ manifest, making }: Command): string[] =>
  [manifest, making.recipe?.path].filter((path) => path !== undefined);

async function placesOf(paths: readonly string[], at: Places): Promise<Set<string>> {
  return new Set(await Promise.all(paths.map((path) => at.of(path))));
}

async function readersOf(jobs: readonly Job[], at: Places): Promise<Map<string, Job>> {
  const readers = new Map<string, Job>();
  for (const job of jobs) {
    if (!isPath(job.input)) continue;
    const place = await at.of(pathOf(job.input));
    // a file that is named is read, also if it is a mask
    if (!job.searched || !readers.has(place)) readers.set(place, job);
  }
  return readers;
}

/** Masks that an earlier run made are found beside the pictures and skipped; only those may be replaced. */
const mayGo = async (reader: Job, name: string, command: Command, at: Places): Promise<boolean> =>
  (await isSkipped(reader, command, at)) && isOurs(name);

async function isSkipped(job: Job, command: Command, at: Places): Promise<boolean> {
  const [first] = claimsOf(job, command);
  if (!job.searched || first === undefined) return false;
  const [to, from] = await Promise.all([first, job.input].map((name) => at.folder(dirname(name))));
  return to === from;
}

/** A few at a time: enough to keep a disk at work, not so many that the rest waits. */
const AT_ONCE = 64;

async function readsOf(jobs: readonly Job[], command: Command, at: Places): Promise<Reads> {
  const reads = new Map<string, 'kept' | 'ours may go'>();
  for (const path of othersOf(command)) {
    const id = await identity(path);
    if (id !== undefined) reads.set(id, 'kept');
  }
  for (let i = 0; i < jobs.length; i += AT_ONCE) {
    const found = jobs.slice(i, i + AT_ONCE).map(async (job) => {
      const id = isPath(job.input) ? await identity(pathOf(job.input)) : undefined;
      if (id === undefined || reads.get(id) === 'kept') return;
      reads.set(id, (await isSkipped(job, command, at)) ? 'ours may go' : 'kept');
    });
    await Promise.all(found);
  }
  return reads;
}
