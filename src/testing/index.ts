// `chromask/testing`: what an embedder's own tests need: seeded pictures, every device at hand, and where two results differ.

import { ChromaskError, refusal } from '../errors.js';
import { type Device, type MaskBatch, type OpenOptions, open } from '../index.js';

export interface PatternOptions {
  width?: number | undefined;
  height?: number | undefined;
  channels?: 1 | 3 | 4 | undefined;
  batch?: number | undefined;
  seed?: number | undefined;
}

/** Bytes that look random and are the same everywhere for the same seed (32-bit xorshift, one byte a step). */
export function pattern({ width = 64, height = 48, channels = 4, batch = 1, seed = 1 }: PatternOptions = {}) {
  if (!Number.isInteger(seed) || seed <= 0 || seed >= 2 ** 32) {
    throw refusal('pattern', 'seed', 'a whole number from 1 to 4294967295', seed);
  }
  let state = seed;
  const data = Uint8Array.from({ length: batch * height * width * channels }, () => {
    state = (state ^ (state << 13)) >>> 0;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    return state & 255;
  });
  return { data, shape: [batch, height, width, channels] as const };
}

export interface Difference {
  /** How many numbers differ, bit for bit. */
  count: number;
  /** The first of them. */
  first?: { index: number; a: number; b: number };
}

/** Where two results differ. Two NaNs are the same only if their bits are, and 0 is not -0. */
export function difference(a: Uint8Array | Float32Array, b: Uint8Array | Float32Array): Difference {
  if (a.length !== b.length || a.BYTES_PER_ELEMENT !== b.BYTES_PER_ELEMENT) {
    throw refusal('difference', 'b', `like a, ${a.length} of ${a.BYTES_PER_ELEMENT} bytes`, b, 'bad-shape');
  }
  const [p, q] = [bits(a), bits(b)];
  let count = 0;
  let index = -1;
  for (let i = 0; i < p.length; i++) {
    if (p[i] === q[i]) continue;
    if (index < 0) index = i;
    count++;
  }
  return index < 0 ? { count } : { count, first: { index, a: a[index], b: b[index] } };
}

const bits = (numbers: Uint8Array | Float32Array): Uint8Array | Uint32Array =>
  numbers instanceof Uint8Array ? numbers : new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);

/** Every kind of device that works here; the caller closes them. */
export async function everyDevice(options: Omit<OpenOptions, 'device'> = {}): Promise<Device[]> {
  const devices: Device[] = [];
  for (const device of ['wasm', 'webgl2'] as const) {
    try {
      devices.push(await open({ ...options, device }));
    } catch (error) {
      if (!(error instanceof ChromaskError) || error.code !== 'no-device') throw error;
    }
  }
  return devices;
}

/**
 * Make the same mask on every device that works here and compare each with the first. `devices` tells which were there:
 * with one alone there was nothing to compare.
 */
export async function parity(
  make: (device: Device) => MaskBatch | Promise<MaskBatch>,
  options?: Omit<OpenOptions, 'device'>,
): Promise<Difference & { devices: string[] }> {
  const devices = await everyDevice(options);
  try {
    const results: Float32Array[] = [];
    for (const device of devices) results.push(await (await make(device)).data());
    const [first, ...others] = results;
    const found = others.map((other) => difference(first, other)).find(({ count }) => count > 0);
    return { ...(found ?? { count: 0 }), devices: devices.map(({ name }) => name) };
  } finally {
    for (const device of devices) device.close();
  }
}
