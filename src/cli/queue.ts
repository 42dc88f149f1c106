// `chromask queue`: add pictures, work on them, see how far it is.
import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { ChromaskError } from 'chromask';
import type { Picture, PictureQueue, Status } from 'chromask/queue';
import { checkRecipe } from '../outputs/picture.js';
import { devices, parsed, readRecipe, secondsOf } from './args.js';
import { type Drained, drained } from './drain.js';
import { aligned } from './report.js';
import { jsonLine, printable, unmarked } from './text.js';
import { choice, UsageError } from './values.js';

const options = {
  redis: { type: 'string' },
  name: { type: 'string' },
  manifest: { type: 'string' },
  recipe: { type: 'string' },
  bits: { type: 'string' },
  'per-job': { type: 'string' },
  attempts: { type: 'string' },
  backoff: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  concurrency: { type: 'string' },
  lock: { type: 'string' },
  'force-concurrency': { type: 'boolean' },
  'read-timeout': { type: 'string' },
  drain: { type: 'boolean' },
  device: { type: 'string' },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parsed<typeof options>>['values'];

export async function queueCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(argv, options);
  const [verb, ...more] = positionals;
  const verbs: Record<string, (values: Values) => Promise<number>> = { add, work, status, failures };
  if (more.length || !verb || !Object.hasOwn(verbs, verb)) {
    throw new UsageError(`chromask queue takes one of ${Object.keys(verbs).join(', ')}`);
  }
  return verbs[verb](values).catch((error: Error) => {
    throw isMistake(error) ? new UsageError(error.message) : error;
  });
}

/** What no further try will mend. A server that does not answer and a missing package may be mended. */
const isMistake = (error: Error): boolean =>
  error instanceof ChromaskError && ['bad-argument', 'bad-format', 'limit'].includes(error.code);

const print = (text: string): void => void process.stdout.write(text);

const place = ({ redis, name }: Values) => ({ connection: redis ?? (process.env.REDIS_URL || undefined), name });

async function withQueue(values: Values, use: (queue: PictureQueue) => Promise<number>): Promise<number> {
  const { createQueue } = await import('chromask/queue');
  const queue = await createQueue(place(values));
  try {
    return await use(queue);
  } finally {
    await queue.close();
  }
}

async function add(values: Values): Promise<number> {
  const { manifest, recipe } = values;
  if (!manifest || !recipe) throw new UsageError('chromask queue add takes --manifest FILE and --recipe FILE');
  const bits = wholeAboveZero('bits', values.bits);
  if (bits !== undefined && bits !== 1 && bits !== 8 && bits !== 16) throw new UsageError('--bits must be 1, 8 or 16');
  const [perJob, attempts, backoff] = (['per-job', 'attempts', 'backoff'] as const).map((name) =>
    wholeAboveZero(name, values[name]),
  );
  const { from, to, force } = values;
  const given = {
    ...{ recipe: readRecipe(recipe), bits: bits as 1 | 8 | 16 | undefined, perJob, attempts, backoff },
    ...{ from, to, force },
  };
  // all that is sure to be wrong, before Redis is asked
  await checkRecipe(given.recipe);
  await checkFile(manifest);
  return withQueue(values, async (queue) => {
    const at = { line: 0 };
    const added = await queue.add(linesOf(manifest, at), given).catch((error: Error) => {
      if (!isMistake(error) || !at.line) throw error;
      throw new UsageError(`${manifest}, line ${at.line}: ${error.message}`);
    });
    print(values.json ? `${JSON.stringify(added)}\n` : `${added.pictures} pictures in ${added.jobs} jobs\n`);
    return 0;
  });
}

async function checkFile(path: string): Promise<void> {
  if (path === '-') return;
  try {
    // not opened: a pipe would lose its writer
    await access(path, constants.R_OK);
    if ((await stat(path)).isDirectory()) throw new Error('it is a folder');
  } catch (error) {
    throw new UsageError(`--manifest ${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

async function* linesOf(path: string, at: { line: number }): AsyncGenerator<Picture> {
  const lines = createInterface({ input: path === '-' ? process.stdin : createReadStream(path), crlfDelay: Infinity });
  for await (const line of lines) {
    at.line++;
    if (!unmarked(line).trim()) continue;
    try {
      yield JSON.parse(at.line === 1 ? unmarked(line) : line) as Picture;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new UsageError(`${path}, line ${at.line} is not JSON`);
    }
  }
  // what is found now is wrong with all of them together
  at.line = 0;
}

async function work(values: Values): Promise<number> {
  const { createQueue, createWorker } = await import('chromask/queue');
  const { from, to, force, json } = values;
  let count = 0;
  const worker = await createWorker({
    ...place(values),
    ...{ from, to, force },
    device: choice('device', values.device ?? 'auto', devices),
    concurrency: wholeAboveZero('concurrency', values.concurrency),
    forceConcurrency: values['force-concurrency'],
    lock: wholeAboveZero('lock', values.lock),
    readTimeout: secondsOf(values['read-timeout']),
    onDone: ({ job, made, skipped, failed, ms }) => {
      count += made + skipped + failed;
      const facts = { job, made, skipped, failed, ms: Math.round(ms) };
      print(json ? `${JSON.stringify(facts)}\n` : `job ${job}: ${made} made, ${skipped} skipped, ${failed} failed\n`);
    },
    onFailed: ({ job, message, final }) =>
      void process.stderr.write(`${printable(`job ${job} ${final ? 'failed' : 'will be tried again'}: ${message}`)}\n`),
  });
  const asked = wholeAboveZero('concurrency', values.concurrency) ?? 0;
  if (asked > worker.concurrency) {
    const processes = worker.concurrency === 1 ? '1 process works' : `${worker.concurrency} processes work`;
    const text = `--concurrency ${asked}: ${processes}, one for each core; --force-concurrency takes the number as it is`;
    process.stderr.write(`chromask: ${text}\n`);
  }
  const stopped = new Promise<void>((stop) => {
    process.once('SIGINT', () => stop());
    process.once('SIGTERM', () => stop());
  });
  let end: Drained | undefined;
  if (values.drain) {
    const queue = await createQueue(place(values));
    end = (await Promise.race([stopped, drained(queue)])) || undefined;
    await queue.close();
  } else await stopped;
  await worker.close();
  if (!end?.lost) return 0;
  const ended = Math.max(end.ended, count);
  throw new Error(
    `${ended} of ${end.added} pictures have been worked on; the queue has no more of them: Redis lost the others, or they were removed. Add them again`,
  );
}

const status = (values: Values): Promise<number> =>
  withQueue(values, async (queue) => {
    const found = await queue.status();
    print(values.json ? `${JSON.stringify(found)}\n` : tableOf(found));
    return 0;
  });

function tableOf({ jobs, pictures, rate, secondsLeft, workers }: Status): string {
  return aligned([
    ['', 'jobs', 'pictures'],
    ['waiting', String(jobs.waiting + jobs.delayed), ''],
    ['active', String(jobs.active), ''],
    ['left', String(jobs.waiting + jobs.delayed + jobs.active), String(pictures.left)],
    ['done', String(jobs.completed), String(pictures.done)],
    ['failed', String(jobs.failed), String(pictures.failed)],
    ['workers', String(workers), ''],
    ['a second', '', rate.toFixed(1)],
    ['time left', secondsLeft === undefined ? 'unknown' : duration(secondsLeft), ''],
  ]);
}

function duration(seconds: number): string {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.ceil(seconds % 60)];
  return h ? `${h} h ${m} min` : m ? `${m} min ${s} s` : `${s} s`;
}

const failures = (values: Values): Promise<number> =>
  withQueue(values, async (queue) => {
    let some = false;
    for await (const failure of queue.failures()) {
      some = true;
      const { input, pictures = 1, error } = failure;
      const line = (text: string): string => `${printable(text)}\n`;
      const more = pictures > 1 ? ` and ${pictures - 1} more` : '';
      print(values.json ? jsonLine(failure) : line(`${input}${more}: ${error.message} (${error.code})`));
    }
    return some ? 1 : 0;
  });

function wholeAboveZero(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new UsageError(`--${name} must be a whole number above 0, got ${JSON.stringify(text)}`);
}
