// Masks as text: bytes as run lengths, row by row through the whole batch, floats as base64 of float32. What is read is checked
// down to its length before room is made for it.
import { refusal } from '../base/errors.js';
import { isPlain } from '../base/params.js';
import type { Pause } from '../base/pause.js';

export interface MaskText {
  /** For bytes: one [value, length] for each run of equal bytes. */
  readonly runs?: readonly (readonly [number, number])[];
  /** For floats: their bytes, least significant first. */
  readonly base64?: string;
}

/** Limits for all masks of a document together: enough for what is drawn by hand, and read in milliseconds. */
export const MOST = { bytes: 2 ** 24, floats: 2 ** 18, runs: 100_000 } as const;

/** Bytes that become text in one call; a multiple of three, so that there is no padding in between. */
const PIECE = 3 * 8192;

/** Undefined where there are more than `most`. */
export function runsOf(bytes: Uint8Array, most: number): [number, number][] | undefined {
  const runs: [number, number][] = [];
  for (let at = 0; at < bytes.length; ) {
    const from = at;
    const value = bytes[at];
    while (at < bytes.length && bytes[at] === value) at++;
    if (runs.push([value, at - from]) > most) return undefined;
  }
  return runs;
}

export async function base64Of(floats: Float32Array<ArrayBuffer>, pause?: Pause): Promise<string> {
  const bytes = new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
    const wait = pause?.();
    if (wait) await wait;
  }
  return text;
}

/** Runs as they are given, of `size` bytes in all. */
export function checkRuns(where: string, given: unknown, size: number, most: number): [number, number][] {
  const runs = only(where, given, 'runs');
  if (!Array.isArray(runs)) throw wrong(`${where}.runs`, 'a list', runs);
  if (runs.length > most) {
    throw refusal('openDocument', 'masks', `of at most ${MOST.runs} runs`, `${runs.length} in ${where}`, 'limit');
  }
  let total = 0;
  const checked = Array.from(runs, (run: unknown, i): [number, number] => {
    const [value, length] = Array.isArray(run) && run.length === 2 ? (run as unknown[]) : [];
    const fits = isWhole(value, 0, 255) && isWhole(length, 1, size - total);
    if (!fits) throw wrong(`${where}.runs[${i}]`, `[0..255, 1..${size - total}]`, run);
    total += length;
    return [value, length];
  });
  if (total !== size) throw wrong(`${where}.runs`, `of ${size} bytes`, total);
  return checked;
}

/** Base64 as it is given, of `size` floats. */
export function checkBase64(where: string, given: unknown, size: number): string {
  const text = only(where, given, 'base64');
  const letters = 4 * Math.ceil((4 * size) / 3);
  const padding = (3 - ((4 * size) % 3)) % 3;
  const fits = typeof text === 'string' && text.length === letters;
  if (fits && new RegExp(`^[A-Za-z0-9+/]*={${padding}}$`).test(text)) return text;
  throw wrong(`${where}.base64`, `base64 of ${size} float32, ${letters} letters`, text);
}

export function bytesFrom(runs: readonly (readonly [number, number])[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const [value, length] of runs) {
    bytes.fill(value, at, at + length);
    at += length;
  }
  return bytes;
}

export function floatsFrom(base64: string): Float32Array<ArrayBuffer> {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return new Float32Array(bytes.buffer);
}

function only(where: string, given: unknown, key: string): unknown {
  if (isPlain(given) && String(Object.keys(given)) === key) return given[key];
  throw wrong(where, `an object with ${key} alone`, given);
}

const isWhole = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

/** The document is not what was saved. */
export const wrong = (where: string, expected: string, got: unknown) =>
  refusal('openDocument', where, expected, got, 'bad-format');
