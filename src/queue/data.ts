// The data in the queue, checked at both ends, because a client that can write to Redis can write anything.
import { ChromaskError } from 'chromask';
import { type AnyRecipe, type Bits, checkRecipe } from '../outputs/picture.js';
import { refused, shown } from '../outputs/refused.js';

/** A picture and where its mask goes, as names in the worker's stores. */
export interface Picture {
  input: string;
  /** By default beside the input: `cat.jpg` becomes `cat.mask.png`. */
  output?: string | undefined;
}

export interface JobData {
  chromask: 1;
  recipe: AnyRecipe;
  bits: Bits;
  pictures: Required<Picture>[];
  /** Whether the queue's notes know its pictures. Jobs of older versions have none. */
  noted?: boolean | undefined;
}

/** What a finished job returns. */
export interface JobResult {
  made: number;
  skipped: number;
  failed: number;
  /** Milliseconds spent on pictures. */
  ms: number;
}

export interface DeadLetter {
  input: string;
  output: string;
  /** `code`: the error's code, else its name. */
  error: { code: string; message: string };
  /** The fingerprint of the recipe. */
  recipe: string;
  attempts: number;
}

export const deadName = (name: string): string => `${name}-dead`;

const MOST = 10_000;

export async function readJob(data: unknown): Promise<JobData> {
  const { chromask, recipe, bits, pictures, noted } = (
    typeof data === 'object' && data !== null ? data : {}
  ) as JobData;
  if (chromask !== 1) throw new ChromaskError('bad-format', 'queue: this is no job of this version of chromask');
  await checkRecipe(recipe);
  checkBits(bits);
  if (!Array.isArray(pictures) || pictures.length > MOST)
    throw refused('queue', 'pictures', `a list of at most ${MOST}`, pictures);
  return { chromask, recipe, bits, pictures, noted: noted === true };
}

export function checkBits(bits: unknown): void {
  if (bits !== 1 && bits !== 8 && bits !== 16) throw refused('queue', 'bits', '1, 8 or 16', bits);
}

/** The names of a picture. Refuses names that lead out of a store, and keys without effect. */
export function namesOf(picture: Picture): Required<Picture> {
  const keys = typeof picture === 'object' && picture !== null ? Object.keys(picture) : [];
  const other = keys.find((key) => key !== 'input' && key !== 'output');
  if (other !== undefined) {
    const text = `queue: there is no ${shown(other)} of a picture; it takes input, output`;
    throw new ChromaskError('bad-argument', text);
  }
  const { input, output } = picture ?? {};
  const from = checkName('input', input);
  const to = output === undefined ? `${from.replace(/\.[^./]*$/, '')}.mask.png` : checkName('output', output);
  if (!/\.png$/i.test(to)) throw refused('queue', 'output', 'a name that ends in .png', to);
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
  throw refused('queue', what, 'a relative path without .., a drive or a scheme', name);
}
