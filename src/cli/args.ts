// The command line, read and checked before anything runs.
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, extname } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type Channel, channelNames, channels, layerChannels } from 'chromask';
import type { AnyRecipe } from '../outputs/picture.js';
import { readTimeout } from '../outputs/reading.js';
import { refuseTwoSources, type Selecting, selectingOf, selectOptions } from './selecting.js';
import { nearest, unmarked } from './text.js';
import { choice, number, UsageError, whole } from './values.js';

/** What to make of each picture; plain data, so that it can be hashed and sent to a worker. */
export interface Making extends Selecting {
  /** In the place of all options that say what to make. */
  recipe?: { label: string; recipe: AnyRecipe; path: string };
  channels: Channel[];
  normalize: boolean;
  levels?: { black: number; white: number; gray: number };
  threshold?: number;
  invert: boolean;
  fadeEdges: number;
  colors?: number;
  minPixels: number;
  bits: 1 | 8 | 16;
  /** The outline too, beside each mask. */
  svg: boolean;
}

export interface Command {
  inputs: string[];
  making: Making;
  out?: string;
  sheet: boolean;
  force: boolean;
  concurrency: number;
  /** Whether that was said. */
  asked: boolean;
  forceConcurrency: boolean;
  /** Milliseconds. */
  readTimeout: number;
  shard?: { index: number; of: number };
  manifest?: string;
  resume: boolean;
  json: boolean;
  quiet: boolean;
  device: 'auto' | 'webgl2' | 'wasm';
}

const options = {
  recipe: { type: 'string' },
  channel: { type: 'string', multiple: true },
  normalize: { type: 'boolean' },
  levels: { type: 'string' },
  threshold: { type: 'string' },
  invert: { type: 'boolean' },
  ...selectOptions,
  'fade-edges': { type: 'string' },
  colors: { type: 'string' },
  'min-pixels': { type: 'string' },
  out: { type: 'string', short: 'o' },
  sheet: { type: 'boolean' },
  bits: { type: 'string' },
  svg: { type: 'boolean' },
  force: { type: 'boolean' },
  concurrency: { type: 'string' },
  'force-concurrency': { type: 'boolean' },
  'read-timeout': { type: 'string' },
  shard: { type: 'string' },
  manifest: { type: 'string' },
  resume: { type: 'boolean' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
  device: { type: 'string' },
} as const;

export function parseCommand(argv: readonly string[]): Command {
  const { values, positionals } = read(argv);
  refuseContradictions(argv, values);
  const { out, sheet = false, force = false, resume = false, json = false, quiet = false, manifest } = values;
  if (!positionals.length && !manifest) throw new UsageError('there is no picture to work on');
  const cores = Math.max(1, availableParallelism() - 1);
  return {
    inputs: positionals,
    making: {
      recipe: values.recipe === undefined ? undefined : recipeOf(values.recipe, Object.keys(values)),
      channels: [...new Set((values.channel ?? ['L(LAB)']).flatMap(channelsOf))],
      normalize: values.normalize ?? false,
      levels: levelsOf(values.levels),
      threshold: values.threshold === undefined ? undefined : number('threshold', values.threshold, 0, 1),
      invert: values.invert ?? false,
      ...selectingOf(values),
      fadeEdges: whole('fade-edges', values['fade-edges'] ?? '0', 0, 2 ** 30),
      colors: values.colors === undefined ? undefined : whole('colors', values.colors || '5', 1, 1000),
      minPixels: whole('min-pixels', values['min-pixels'] ?? '500', 1, Number.MAX_SAFE_INTEGER),
      bits: choice('bits', values.bits ?? '8', { 1: 1, 8: 8, 16: 16 } as const),
      svg: values.svg ?? false,
    },
    out,
    sheet,
    force,
    concurrency: whole('concurrency', values.concurrency ?? String(cores), 1, 1024),
    asked: values.concurrency !== undefined,
    forceConcurrency: values['force-concurrency'] ?? false,
    readTimeout: secondsOf(values['read-timeout']),
    shard: shardOf(values.shard),
    manifest,
    resume,
    json,
    quiet,
    device: choice('device', values.device ?? 'auto', devices),
  };
}

function read(argv: readonly string[]) {
  // `--colors` may stand alone: without `=` it takes the default, never the next word, which is a file
  const end = optionsOf(argv).length;
  const args = argv.map((arg, i) => (arg === '--colors' && i < end ? '--colors=' : arg));
  // a value that begins with a minus would read as an option
  for (let i = 0; i < end - 1; i++) {
    if (args[i] === '--grow' && /^-\d/.test(args[i + 1])) args.splice(i, 2, `--grow=${args[i + 1]}`);
  }
  return parsed(args, options);
}

/** What stands before `--`; after it there are only files, even if they begin with a dash. */
export function optionsOf(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end < 0 ? argv : argv.slice(0, end);
}

/** Options and the rest. An option that takes one value is refused if it is given twice. */
export function parsed<const Known extends NonNullable<ParseArgsConfig['options']>>(
  argv: readonly string[],
  known: Known,
) {
  try {
    refuseUnknown(argv, known);
    const found = parseArgs({ args: [...argv], options: known, allowPositionals: true, tokens: true } as const);
    const seen = new Set<string>();
    for (const token of found.tokens) {
      if (token.kind !== 'option' || known[token.name].type !== 'string' || known[token.name].multiple) continue;
      if (seen.has(token.name)) throw new Error(`--${token.name} is given twice, and takes one value`);
      seen.add(token.name);
    }
    return found;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Refuses unknown options, naming the one that was probably meant, and values that are missing or not wanted. */
function refuseUnknown(argv: readonly string[], known: NonNullable<ParseArgsConfig['options']>): void {
  const { tokens } = parseArgs({
    args: [...argv],
    options: known,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    if (!Object.hasOwn(known, name)) {
      const meant = rawName.startsWith('--') ? nearest(name, Object.keys(known)) : undefined;
      throw new Error(`there is no option ${rawName}${meant ? `; did you mean --${meant}?` : ''}`);
    }
    if (known[name].type === 'boolean') {
      if (value !== undefined) throw new Error(`--${name} takes no value`);
    } else if (value === undefined) throw new Error(`--${name} needs a value`);
    else if (!inlineValue && /^-./.test(value))
      throw new Error(`--${name} needs a value; one that begins with - is given as --${name}=${value}`);
  }
}

function refuseContradictions(argv: readonly string[], values: Readonly<Record<string, unknown>>): void {
  const { recipe, colors, 'min-pixels': pixels } = values;
  refuseTwoSources(values);
  if (colors === undefined && pixels !== undefined && recipe === undefined)
    throw new UsageError('--min-pixels is for --colors, which is not there');
  const before = optionsOf(argv);
  const next = before[before.indexOf('--colors') + 1];
  if (before.includes('--colors') && /^\d+$/.test(next ?? '') && !existsSync(next))
    throw new UsageError(`there is no file ${next}; a number of colours is given as --colors=${next}`);
}

const MAKING = [
  ...['channel', 'normalize', 'levels', 'threshold', 'invert', 'fade-edges', 'colors', 'min-pixels'],
  ...Object.keys(selectOptions),
];

function recipeOf(path: string, given: readonly string[]): NonNullable<Making['recipe']> {
  const other = given.find((name) => MAKING.includes(name));
  if (other) throw new UsageError(`--recipe says what to make, and so does --${other}; give one of them`);
  return { label: basename(path, extname(path)), recipe: readRecipe(path), path };
}

/** Read, not yet checked. */
export function readRecipe(path: string): AnyRecipe {
  try {
    return JSON.parse(unmarked(readFileSync(path, 'utf8'))) as AnyRecipe;
  } catch (error) {
    throw new UsageError(`--recipe ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function channelsOf(name: string): Channel[] {
  if (name === 'all') return Object.keys(layerChannels) as Channel[];
  if (Object.hasOwn(channels, name)) return [name as Channel];
  throw new UsageError(`--channel must be all or one of ${channelNames.join(', ')}, got ${JSON.stringify(name)}`);
}

function levelsOf(text: string | undefined): Making['levels'] {
  if (text === undefined) return undefined;
  const [black, white, gray = '1', ...more] = text.split(',');
  if (white === undefined || more.length)
    throw new UsageError(`--levels must be BLACK,WHITE or BLACK,WHITE,GRAY, got ${text}`);
  return {
    black: whole('levels: black', black, 0, 255),
    white: whole('levels: white', white, 0, 255),
    gray: number('levels: gray', gray, 0.01, 9.99),
  };
}

function shardOf(text: string | undefined): Command['shard'] {
  if (text === undefined) return undefined;
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [index, of] = match ? [Number(match[1]), Number(match[2])] : [0, 0];
  if (index >= 1 && index <= of) return { index, of };
  throw new UsageError(`--shard must be I/N with I from 1 to N, got ${text}`);
}

/** As milliseconds. */
export const secondsOf = (text: string | undefined): number =>
  text === undefined ? readTimeout : Math.ceil(number('read-timeout', text, 0.001, 86400) * 1000);

export const devices = { auto: 'auto', webgl2: 'webgl2', wasm: 'wasm' } as const;
