// What travels through the queue, checked on both ends: whoever can write to Redis can write anything.
import { ChromaskError } from 'chromask';
import { type AnyRecipe, type Bits, checkRecipe } from '../work/picture.js';

/** A picture and where its mask goes, by names inside the worker's stores. */
export interface Picture {
  input: string;
  /** Left out: beside the input, `cat.jpg` as `cat.mask.png`. */
  output?: string | undefined;
}

export interface JobData {
  chromask: 1;
  recipe: AnyRecipe;
  bits: Bits;
  pictures: Required<Picture>[];
}

/** What a finished job says. */
export interface JobResult {
  made: number;
  skipped: number;
  failed: number;
  /** Milliseconds of work on pictures. */
  ms: number;
}

export interface DeadLetter {
  input: string;
  output: string;
  /** `code` is that of a ChromaskError where it was one. */
  error: { code: string; message: string };
  /** The fingerprint of the recipe. */
  recipe: string;
  attempts: number;
}

export const deadName = (name: string): string => `${name}-dead`;

const MOST = 10_000;

export async function readJob(data: unknown): Promise<JobData> {
  const { chromask, recipe, bits, pictures } = (typeof data === 'object' && data !== null ? data : {}) as JobData;
  if (chromask !== 1) throw new ChromaskError('bad-format', 'queue: this is no job of this version of chromask');
  await checkRecipe(recipe);
  if (![1, 8, 16].includes(bits)) throw new ChromaskError('bad-argument', 'queue: bits must be 1, 8 or 16');
  if (!Array.isArray(pictures) || pictures.length > MOST) {
    throw new ChromaskError('bad-argument', `queue: pictures must be a list of at most ${MOST}`);
  }
  return { chromask, recipe, bits, pictures };
}

/** The names of a picture; throws for those that lead out of a store. */
export function namesOf(picture: Picture): Required<Picture> {
  const { input, output } = picture ?? {};
  const from = checkName('input', input);
  const to = output === undefined ? `${from.replace(/\.[^./]*$/, '')}.mask.png` : checkName('output', output);
  if (!/\.png$/i.test(to)) throw new ChromaskError('bad-argument', `queue: output must end in .png, got ${short(to)}`);
  return { input: from, output: to };
}

function checkName(what: string, name: unknown): string {
  const wrong =
    typeof name !== 'string' ||
    name.length === 0 ||
    name.length > 1000 ||
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    /[\x00-\x1f\\]|^\/|^[a-z][a-z+.-]*:/i.test(name) ||
    name.split('/').some((part) => part === '..' || part === '.' || part === '');
  if (!wrong) return name;
  const expectation = 'a relative path without .., a drive or a scheme';
  throw new ChromaskError('bad-argument', `queue: ${what} must be ${expectation}, got ${short(name)}`);
}

const short = (name: unknown): string =>
  typeof name === 'string' ? JSON.stringify(name.slice(0, 80)) : `a ${typeof name}`;
