// One picture of the command line, from file to files. Runs in the main thread or in a worker, the same.
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChromaskError, type Device } from 'chromask';
import { decode, encode } from 'chromask/png';
import { readPath } from '../base/path.js';
import { identity, isFile, refuseOther, same, writeWhole } from '../outputs/files.js';
import { isMade, isOurs, nameIn, nameKey, outputName } from '../outputs/mark.js';
import { builtin, within } from '../outputs/reading.js';
import { nameInSvg } from '../outputs/svg.js';
import type { Command, Making } from './args.js';
import { frameLabel, type Made, make, wantsOf } from './make.js';
import { sheet, type Tile } from './sheet.js';

export interface Job {
  input: string;
  /** Named by the manifest or by `--out file.png`; else the names follow from the input. */
  output?: string;
  /** Found in a folder or by a pattern, where masks made before may lie too. */
  searched?: boolean;
}

/**
 * The files that a run reads, by identity. None of them is overwritten, except chromask's own masks that were found beside the
 * pictures and skipped. Filled only if the run may overwrite anything.
 */
export type Reads = ReadonlyMap<string, 'kept' | 'ours may go'>;

/** A command whose pictures are known. */
export interface Run extends Command {
  reads: Reads;
}

export interface Output extends Omit<Made, 'png' | 'svg'> {
  file: string;
  bytes: number;
}

export interface Report {
  input: string;
  status: 'made' | 'skipped' | 'failed';
  outputs: Output[];
  /** Why it was skipped. */
  reason?: string;
  error?: { code: string; message: string };
}

const FOUND = 'a mask made by chromask, in a folder that this run writes to; name it alone, or another --out';
const MADE = 'made before, from the same picture with the same options';

export async function runJob(device: Device, job: Job, command: Run, signal: AbortSignal): Promise<Report> {
  const { input } = job;
  try {
    const file = await bytesOf(input, command.readTimeout, signal);
    if (job.searched && (await nameIn(file)) && (await liesAmongOutputs(job, command))) {
      return { input, status: 'skipped', outputs: [], reason: FOUND };
    }
    const known = namesOf(job, command);
    if (command.resume && known.length && (await allMade(file, job, command))) {
      return { input, status: 'skipped', outputs: [], reason: MADE };
    }
    for (const name of [...known, ...svgsOf(known, command)]) await refuseExisting(name, input, command);
    const made = await make(device, file, command.making, signal);
    const outputs = await write(made, file, job, command, device);
    return { input, status: 'made', outputs };
  } catch (error) {
    if (signal.aborted) throw error;
    const code = error instanceof ChromaskError ? error.code : String((error as NodeJS.ErrnoException).code ?? 'error');
    // Node cannot find a file whose name it cannot write as text
    const unnamed = code === 'ENOENT' && input.includes('\uFFFD');
    const said = error instanceof Error ? error.message : String(error);
    const message = unnamed ? 'its name is not UTF-8; rename it' : said;
    return { input, status: 'failed', outputs: [], error: { code, message } };
  }
}

export const pathOf = (input: string): string => (/^file:/i.test(input) ? fileURLToPath(input) : input);

/** If so, it is a mask that an earlier run wrote beside pictures; elsewhere it is a picture like others. */
async function liesAmongOutputs(job: Job, command: Command): Promise<boolean> {
  const [first] = claimsOf(job, command);
  return first !== undefined && same(dirname(first), dirname(job.input));
}

/** Names that are sure before the picture is read: those of channels. */
export function namesOf(job: Job, command: Command): string[] {
  if (command.out === '-') return [];
  if (job.output) return [job.output];
  return wantsOf(command.making).map(({ label }) => nameOf(job, command, label));
}

/** Names that no two pictures of a run may share; of colours, which are not known yet, one stands for all. */
export function claimsOf(job: Job, command: Command): string[] {
  if (command.out === '-') return [];
  const names = namesOf(job, command);
  const masks = names.length ? names : [nameOf(job, command, '#')];
  return [...masks, ...svgsOf(masks, command), ...(command.sheet ? [sheetFile(job, command)] : [])];
}

/** `photos/cat.png` and `L(LAB)` are `photos/cat.L-LAB.png`; what is made by `soft.json` is `photos/cat.soft.png`. */
export function nameOf(job: Job, { out, making }: Command, label: string): string {
  if (job.output) return job.output;
  const remote = /^(https?|data):/i.test(job.input);
  const path = pathOf(job.input);
  const plain = job.input === '-' ? 'stdin' : remote ? 'picture' : basename(path);
  const stem = plain.slice(0, plain.length - extname(plain).length) || plain;
  // a recipe's label is the name of its file: it can be part of a name as it is, and two of them never become one
  const part = making.recipe ? label : label.replace('(', '-').replace(/[)#]/g, '');
  return join(out ?? (remote || job.input === '-' ? '.' : dirname(path)), `${stem}.${part}.png`);
}

async function write(made: Made[], input: Uint8Array, job: Job, command: Run, device: Device): Promise<Output[]> {
  const force = command.force || command.resume;
  if (!made.length) {
    const { minPixels } = command.making;
    throw new Error(`no colour has ${minPixels} pixels or more; --min-pixels takes another number`);
  }
  if (command.out === '-') {
    if (made.length !== 1) throw new Error(`--out - takes one mask, this makes ${made.length}; choose one --channel`);
    await new Promise<void>((done, failed) =>
      process.stdout.write(made[0].png, (error) => {
        // a reader that closes the pipe early is not a failure
        if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') failed(error);
        else done();
      }),
    );
    return [report(made[0], '-')];
  }
  if (job.output && made.length !== 1)
    throw new Error(`${job.output} is one file, this makes ${made.length} masks; name a folder`);
  const outputs: Output[] = [];
  const named = made.map((one) => ({ one, file: nameOf(job, command, one.label) }));
  const sheets = command.sheet ? [sheetFile(job, command)] : [];
  // all masks are made before the first is written, so that a failure leaves none of them alone
  const files = named.map(({ file }) => file);
  for (const file of [...files, ...svgsOf(files, command), ...sheets]) await refuseExisting(file, job.input, command);
  const put = (file: string, bytes: Uint8Array): Promise<void> =>
    writeWhole(file, bytes, force).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? existing(file) : error;
    });
  for (const { one, file } of named) {
    await put(file, one.png);
    outputs.push(report(one, file));
    if (!one.svg) continue;
    const svg = Buffer.from(one.svg.file);
    await put(svgFile(file), svg);
    outputs.push({ ...report(one, svgFile(file)), bytes: svg.length, ms: one.svg.ms });
  }
  for (const file of sheets) {
    const { png, ...facts } = await sheetOf(device, input, made, await sheetName(command.making, input));
    await writeWhole(file, png, force);
    outputs.push({ label: 'sheet', file, bytes: png.length, ...facts });
  }
  return outputs;
}

/** `cat.L-LAB.png` and `cat.L-LAB.svg`. A mask that is to be `cat.svg` itself is seen to clash, and refused. */
const svgFile = (png: string): string => `${png.replace(/\.(png|svg)$/i, '')}.svg`;
const svgsOf = (pngs: readonly string[], { making }: Command): string[] => (making.svg ? pngs.map(svgFile) : []);

/** Beside the mask where that has a name of its own: `one.png` and `one.sheet.png`. */
const sheetFile = (job: Job, command: Command): string =>
  job.output ? `${job.output.replace(/\.png$/i, '')}.sheet.png` : nameOf(job, command, 'sheet');

/** Its text says that chromask wrote it and for which masks, so that a later run over the folder does not take it for a picture. */
async function sheetName(making: Making, input: Uint8Array): Promise<string> {
  const names = await Promise.all(wantsOf(making).map(({ recipe }) => outputName(recipe, making.bits, input)));
  // the 2 is the version of its layout: sheets of an earlier one are made again
  return ['sheet 2', ...names].join(' ');
}

async function sheetOf(device: Device, input: Uint8Array, made: readonly Made[], name: string) {
  const start = performance.now();
  const { rgba: source } = await device.load(input);
  const [, rows, columns] = source.shape;
  const first: Tile = { label: 'picture', width: columns, height: rows, rgba: await source.at(0).bytes() };
  source.dispose();
  const tiles = await Promise.all(
    made.map(async ({ label, png }) => {
      const { width, height, data } = await decode(png, { format: 'rgba8' });
      return { label, width, height, rgba: data };
    }),
  );
  const { width, height, rgb } = sheet([first, ...tiles]);
  const text = { [nameKey]: name };
  const png = await encode({ width, height, channels: 3, bitDepth: 8, data: rgb }, { text });
  const coverage = rgb.reduce((sum, byte) => sum + byte, 0) / 255 / rgb.length;
  return { png, width, height, coverage, ms: performance.now() - start };
}

const report = ({ png, svg, ...facts }: Made, file: string): Output => ({ ...facts, file, bytes: png.length });

/** Whether these files, their outlines, and the sheet, are what would be written now. */
async function allMade(input: Uint8Array, job: Job, command: Command): Promise<boolean> {
  const { making } = command;
  const nameOfFile = async (file: string): Promise<string | undefined> =>
    (await isFile(file)) ? nameIn(await readFile(file)) : undefined;
  for (const { label, recipe } of wantsOf(making)) {
    const name = await outputName(recipe, making.bits, input);
    const nameAt = (frame?: number) => nameOfFile(nameOf(job, command, frameLabel(label, frame)));
    if (!(await isMade(name, nameAt))) return false;
    const outlineAt = async (frame?: number) => {
      const file = svgFile(nameOf(job, command, frameLabel(label, frame)));
      return (await isFile(file)) ? nameInSvg(file) : undefined;
    };
    if (making.svg && !(await isMade(name, outlineAt))) return false;
  }
  return !command.sheet || (await nameOfFile(sheetFile(job, command))) === (await sheetName(making, input));
}

/** An existing file is replaced only with --force, or with --resume if chromask wrote it; a file that the run reads, never. */
async function refuseExisting(name: string, input: string, { force, resume, reads }: Run): Promise<void> {
  const there = await identity(name);
  if (there === undefined) return;
  if (there === (await identity(pathOf(input))))
    throw new Error(`${name} is the picture itself; give the mask another name`);
  await refuseOther(name);
  const reader = reads.get(there);
  const ours = (reader || resume) && ((await isOurs(name)) || (await nameInSvg(name)) !== undefined);
  if (!force && !ours) throw existing(name);
  if (reader === 'kept' || (reader && !ours))
    throw new Error(`${name} is read by this run; give the mask another name`);
}

export const existing = (name: string): Error =>
  Object.assign(new Error(`${name} exists; --force overwrites`), { code: 'exists' });

/** Standard input has no time limit: the program that writes it is part of the same command line. */
async function bytesOf(input: string, ms: number, signal: AbortSignal): Promise<Uint8Array> {
  if (input === '-') return stdin(signal);
  return within(
    ms,
    input,
    async (signal) => {
      if (!/^(https?|data):/i.test(input)) return readPath(pathOf(input), builtin, signal);
      const response = await fetch(input, { signal });
      if (response.ok) return new Uint8Array(await response.arrayBuffer());
      throw new Error(`${input} answered ${response.status}`);
    },
    signal,
  );
}

async function stdin(signal: AbortSignal): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  const stop = (): void => void process.stdin.destroy(signal.reason);
  signal.addEventListener('abort', stop);
  try {
    for await (const part of process.stdin) parts.push(part as Buffer);
    return Buffer.concat(parts);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
