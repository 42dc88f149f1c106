// The pictures of a command line: which there are, run one by one or over threads, reported as they finish.
import { readFile, stat } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { open } from 'chromask';
import { sweep } from '../outputs/files.js';
import { checkRecipe } from '../outputs/picture.js';
import type { Command } from './args.js';
import { refuseClashes } from './clashes.js';
import { expand } from './files.js';
import { claimsOf, type Job, type Report, type Run, runJob } from './job.js';
import { wantsOf } from './make.js';
import { overWorkers } from './pool.js';
import { reporter } from './report.js';
import { printable, unmarked } from './text.js';
import { threadsFor, threadsForOne } from './threads.js';
import { UsageError } from './values.js';

/** Milliseconds between a signal and the end, even if work is still going on. */
const GRACE = 5000;

export async function makeAll(command: Command): Promise<number> {
  const { recipe } = command.making;
  if (recipe) {
    await checkRecipe(recipe.recipe).catch((error: Error) => {
      throw new UsageError(error.message);
    });
  }
  const { jobs, run } = await jobsOf(command);
  const folders = new Set(jobs.flatMap((job) => claimsOf(job, command).map(dirname)));
  for (const folder of folders) await sweep(folder);
  const abort = new AbortController();
  const interrupted = (name: NodeJS.Signals): void => {
    const leave = (): void => {
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      // exiting waits for every thread, and a thread may be waiting for a disk that does not answer
      process.kill(process.pid, name);
    };
    if (abort.signal.aborted) return leave(); // asked twice: at once
    abort.abort();
    setTimeout(leave, GRACE).unref();
  };
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
  const report = reporter(command, jobs.length);
  const reports: Report[] = [];
  const done = (one: Report): void => {
    reports.push(one);
    report.one(one);
  };
  try {
    const { threads, why } = threadsFor(command);
    if (why && !command.quiet) process.stderr.write(`chromask: ${printable(why)}\n`);
    if (jobs.length > 1 && threads > 1) {
      await overWorkers(jobs, threads, run, abort.signal, done);
    } else {
      // many pictures by one thread each; one by all that are free
      const alone = jobs.length === 1 ? threadsForOne(command) : 1;
      const device = await open({ device: command.device, threads: alone });
      report.device(device);
      for (const job of jobs) {
        if (abort.signal.aborted) break;
        done(await runJob(device, job, run, abort.signal));
      }
      device.close();
    }
  } catch (error) {
    if (!abort.signal.aborted) throw error;
  } finally {
    if (!abort.signal.aborted) {
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
    }
  }
  report.end(reports);
  if (abort.signal.aborted) return 130;
  return reports.some(({ status }) => status === 'failed') ? 1 : 0;
}

async function jobsOf(command: Command): Promise<{ jobs: Job[]; run: Run }> {
  const { inputs, out, shard, making } = command;
  const listed = command.manifest ? await readManifest(command.manifest) : [];
  const found: Job[] = [];
  for (const word of inputs) {
    const files = await expand(word);
    if (!files.length) throw new UsageError(`${word} matches no picture`);
    const searched = files.length !== 1 || files[0] !== word;
    for (const input of files) found.push(searched ? { input, searched } : { input });
  }
  const all = [...listed, ...found];
  if (out === '-' && (all.length > 1 || command.sheet)) throw new UsageError('--out - takes the mask of one picture');
  if (out === '-' && making.svg)
    throw new UsageError('--svg is a file beside the mask; name a file or folder as --out');
  if (/\.svg$/i.test(out ?? ''))
    throw new UsageError(`--out ${out}: masks are written as .png, and --svg the outline beside them, as .svg`);
  const single = all.length === 1 && wantsOf(making).length === 1;
  if (/^\.(jpe?g|webp|gif|bmp|tiff?|avif|npy|json)$/i.test(extname(out ?? '')))
    throw new UsageError(`--out ${out}: masks are written as .png`);
  if (out && out !== '-' && extname(out).toLowerCase() === '.png' && !/[\\/]$/.test(out)) {
    if (await isFolder(out)) throw new UsageError(`--out ${out} is a folder; ${out}/ writes into it`);
    if (!single) throw new UsageError(`--out ${out} is one file, but there are several masks; name a folder`);
    all[0] = { ...all[0], output: all[0].output ?? out };
  }
  // of all shards: what another of them reads is not written over either
  const run = { ...command, reads: await refuseClashes(all, command) };
  return { jobs: shard ? all.filter((_, i) => i % shard.of === shard.index - 1) : all, run };
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );

async function readManifest(path: string): Promise<Job[]> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new UsageError(`--manifest ${path} cannot be read: ${error.message}`);
  });
  const lines = unmarked(text)
    .split('\n')
    .map((line, i) => ({ line: line.trim(), number: i + 1 }));
  return lines
    .filter(({ line }) => line)
    .map(({ line, number }) => {
      const { input, output } = entry(line, `${path}, line ${number}`);
      return output === undefined ? { input } : { input, output };
    });
}

function entry(line: string, where: string): Job {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UsageError(`${where} is not JSON`);
  }
  const fields = typeof value === 'object' && value !== null ? value : {};
  const other = Object.keys(fields).find((key) => key !== 'input' && key !== 'output');
  if (other !== undefined)
    throw new UsageError(`${where}: there is no ${JSON.stringify(other)}; a line takes "input", "output"`);
  const { input, output } = fields as Partial<Job>;
  if (typeof input !== 'string') throw new UsageError(`${where} has no "input"`);
  if (output !== undefined && typeof output !== 'string') throw new UsageError(`${where}: "output" must be a path`);
  return { input, output };
}
