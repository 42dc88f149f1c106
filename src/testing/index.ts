// `chromask/testing`: what an embedder's own tests need: seeded pictures, every device at hand, where two results differ, a matcher,
// golden files, and how a browser is started.
import { numbersIn } from '../base/arrays.js';
import { ChromaskError, classOf, refusal } from '../base/errors.js';
import { check, isPlain } from '../base/params.js';
import { type Device, type OpenOptions, open } from '../index.js';
import { isMade, type Made } from './compare.js';

export type { Expected, Made, ToleranceOptions } from './compare.js';
export { type Environment, environment, needsBrowser } from './environment.js';
export { expectGolden } from './golden.js';
export { type LaunchOptions, launchArgs } from './launch.js';
export { type MaskMatchers, type MatchResult, toEqualMask } from './matcher.js';

export interface PatternOptions {
  /** Columns; 64 if left out. */
  width?: number | undefined;
  /** Rows; 48 if left out. */
  height?: number | undefined;
  /** 1, 3 or 4; 4 if left out. */
  channels?: 1 | 3 | 4 | undefined;
  /** How many pictures; 1 if left out. */
  batch?: number | undefined;
  /** Which pattern: the same number gives the same pixels. 1 if left out. */
  seed?: number | undefined;
}

const side = { type: 'integer', min: 1, max: 2 ** 30 } as const;
const schema = {
  width: { ...side, default: 64 },
  height: { ...side, default: 48 },
  channels: { ...side, default: 4, max: 4 },
  batch: { ...side, default: 1 },
  seed: { ...side, default: 1, max: 2 ** 32 - 1 },
} as const;
/** Numbers of a pattern: as many bytes as a side may have pixels. */
const MOST = side.max;

/** Bytes that look random and are the same everywhere for the same seed (32-bit xorshift, one byte a step). */
export function pattern(options: PatternOptions = {}) {
  const { width, height, channels, batch, seed } = check('pattern', schema, options);
  if (channels === 2) throw refusal('pattern', 'channels', '1, 3 or 4', channels);
  const size = batch * height * width * channels;
  if (size > MOST) throw refusal('pattern', 'batch * height * width * channels', `at most ${MOST}`, size, 'limit');
  let state = seed;
  const data = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    state = (state ^ (state << 13)) >>> 0;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    data[i] = state & 255;
  }
  return { data, shape: [batch, height, width, channels as 1 | 3 | 4] as const };
}

export interface Difference {
  /** How many numbers differ, bit for bit. */
  count: number;
  /** The first of them. */
  first?: { index: number; a: number; b: number };
}

/** What `bytes()` and `data()` give, and the `data` of an ImageData. */
type Result = Uint8Array | Uint8ClampedArray | Float32Array;

/** Where two results differ. 0 is not -0; any NaN is any other, for which one a processor makes is its own affair. */
export function difference(a: Result, b: Result): Difference {
  const [p, q] = [numbersOf('a', a), numbersOf('b', b)];
  if (p.length !== q.length || p.BYTES_PER_ELEMENT !== q.BYTES_PER_ELEMENT) {
    throw refusal('difference', 'b', `a ${classOf(p)} of ${p.length}, as a is`, b, 'bad-shape');
  }
  let count = 0;
  let index = -1;
  for (let i = 0; i < p.length; i++) {
    if (Object.is(p[i], q[i])) continue;
    if (index < 0) index = i;
    count++;
  }
  return index < 0 ? { count } : { count, first: { index, a: p[index], b: q[index] } };
}

function numbersOf(name: string, given: unknown): Uint8Array | Float32Array {
  const numbers = numbersIn(given);
  if (numbers) return numbers;
  throw refusal('difference', name, 'a Uint8Array, Uint8ClampedArray or Float32Array', given);
}

/** Every kind of device that works here; the caller closes them. */
export async function everyDevice(options: Omit<OpenOptions, 'device'> = {}): Promise<Device[]> {
  if (!isPlain(options) || 'device' in options)
    throw refusal('everyDevice', 'options', 'an object of options of open, without device', options);
  const devices: Device[] = [];
  for (const device of ['wasm', 'webgl2'] as const) {
    try {
      devices.push(await open({ ...options, device }));
    } catch (error) {
      if (error instanceof ChromaskError && error.code === 'no-device') continue;
      for (const device of devices) device.close();
      throw error;
    }
  }
  return devices;
}

type DeviceName = 'wasm' | 'webgl2';

/** Devices by their names, every one of them or the typed error of the one that is not here; the caller closes them. */
export async function devicesNamed<Name extends DeviceName>(
  names: readonly Name[],
  options: Omit<OpenOptions, 'device'> = {},
): Promise<Record<Name, Device>> {
  const known = (name: unknown): boolean => name === 'wasm' || name === 'webgl2';
  if (!Array.isArray(names) || !names.length || !names.every(known))
    throw refusal('devicesNamed', 'names', "an array of 'wasm' and 'webgl2'", names);
  if (!isPlain(options) || 'device' in options)
    throw refusal('devicesNamed', 'options', 'an object of options of open, without device', options);
  const opened = {} as Record<Name, Device>;
  try {
    for (const device of new Set<Name>(names)) opened[device] = await open({ ...options, device });
    return opened;
  } catch (error) {
    for (const device of Object.values<Device>(opened)) device.close();
    throw error;
  }
}

/**
 * Make the same mask or image on every device that works here and compare each with the first. `devices` tells which were
 * there: with one alone there was nothing to compare.
 */
export async function parity(
  make: (device: Device) => Made | Promise<Made>,
  options?: Omit<OpenOptions, 'device'>,
): Promise<Difference & { devices: string[] }> {
  if (typeof make !== 'function') throw refusal('parity', 'make', 'a function', make);
  const devices = await everyDevice(options);
  try {
    const results: Float32Array[] = [];
    for (const device of devices) {
      const made: unknown = await make(device);
      if (!isMade(made)) throw refusal('parity', 'make', 'a function that gives a mask or an image', made);
      results.push(await made.data());
    }
    const [first, ...others] = results;
    const found = others.map((other) => difference(first, other)).find(({ count }) => count > 0);
    return { ...(found ?? { count: 0 }), devices: devices.map(({ name }) => name) };
  } finally {
    for (const device of devices) device.close();
  }
}
