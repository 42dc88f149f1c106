// PNG files inflated by one thread while another makes pixels from earlier bands: the same pixels, or the same error.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { Device } from '../../src/api/device.js';
import { open } from '../../src/index.js';
import { WasmEngine } from '../../src/wasm/engine.js';
import { Threads } from '../../src/wasm/threads.js';
import { bitsOf, shuffled, threaded } from '../crew.js';
import { channelsOf, chunk, file, iend, ihdr, random, raw, type Spec, write } from './writer.js';

let rounds = 0;
const one = await open({ device: 'wasm' });
const devices: Record<string, Device> = {
  'two threads': await threaded(2),
  'three members in any order': await shuffled(3, 9, (pieces) => {
    rounds += pieces;
  }),
};
afterAll(() => [one, ...Object.values(devices)].forEach((device) => device.close()));

const [width, height] = [420, 400];
const specOf = (colorType: Spec['colorType'], depth: Spec['depth'], interlaced = false): Spec => {
  const next = random(depth + colorType);
  return {
    width,
    height,
    colorType,
    depth,
    interlaced,
    sample: (x, y, c) => (y % 7 ? x * 5 + y * 3 + c : Math.floor(next() * 65536)) & (2 ** depth - 1),
    filter: (y) => y % 5,
    ...(colorType === 3 ? { palette: Array.from({ length: 2 ** depth }, (_, i) => [i, 0, 255 - i]) } : {}),
  };
};

/** Pixels and warnings, or the error. */
async function loaded(device: Device, bytes: Uint8Array): Promise<unknown> {
  try {
    const { rgba, mask, warnings } = await device.load(bytes);
    const bits = [await bitsOf(rgba), await bitsOf(mask)].map((one) => createHash('sha256').update(one).digest('hex'));
    rgba.dispose();
    mask.dispose();
    return { bits, warnings };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { code: error.code, message: error.message };
  }
}

const filtered = Uint8Array.from(raw(specOf(6, 8)));
const stream = deflateSync(filtered, { level: 1 });
const wrapped = (data: Uint8Array): Uint8Array => file(ihdr(width, height, 8, 6), chunk('IDAT', data), iend);

const kinds = [
  [0, 8],
  [0, 16],
  [2, 8],
  [3, 8],
  [4, 8],
  [6, 8],
  [6, 16],
] as const;
const files = kinds.flatMap(([colorType, depth]) =>
  (colorType === 3 ? [false, true] : [depth === 8 && colorType === 4]).map(
    (interlaced) => [`${colorType} ${depth}`, write(specOf(colorType, depth, interlaced))] as const,
  ),
);

describe.each(Object.entries(devices))('%s', (_, device) => {
  it('make the pixels of every kind of file', async () => {
    for (const [name, bytes] of files) expect(await loaded(device, bytes), name).toEqual(await loaded(one, bytes));
  });

  it('say the same of damage, wherever it is', async () => {
    const next = random(5);
    const found = new Set<string>();
    for (let i = 0; i < 60; i++) {
      const damaged = Uint8Array.from(stream);
      for (let k = i % 3; k >= 0; k--) damaged[Math.floor(next() * damaged.length)] ^= 1 << Math.floor(next() * 8);
      const bytes = wrapped(i % 10 ? damaged : damaged.subarray(0, Math.floor(next() * damaged.length)));
      const said = await loaded(one, bytes);
      expect(await loaded(device, bytes), `${i}`).toEqual(said);
      found.add(JSON.stringify(said).replace(/[\d]+/g, '').slice(0, 60));
    }
    // several kinds of it, not one over and over
    expect(found.size).toBeGreaterThan(2);
  });

  it('name an invalid filter before an error in the bytes after it', async () => {
    const row = width * channelsOf[6] + 1;
    for (const y of [0, 150, 157, 158, 320, height - 1]) {
      const spoilt = Uint8Array.from(filtered);
      spoilt[y * row] = 9;
      const bytes = deflateSync(spoilt);
      for (const end of [bytes, bytes.subarray(0, bytes.length - 40), bytes.subarray(0, bytes.length * 0.7)]) {
        const said = await loaded(one, wrapped(end));
        expect(await loaded(device, wrapped(end)), `${y}`).toEqual(said);
      }
    }
  });

  it('take what is too long, too short or wrongly summed as one thread does', async () => {
    const longer = deflateSync(Buffer.concat([filtered, Buffer.alloc(300000, 7)]));
    const wrong = Uint8Array.from(stream);
    wrong[wrong.length - 1] ^= 1;
    for (const bytes of [longer, wrong, deflateSync(filtered.subarray(0, 600000)), stream.subarray(0, 100)])
      expect(await loaded(device, wrapped(bytes))).toEqual(await loaded(one, wrapped(bytes)));
  });

  it('are ended by a signal, and give back what was taken', async () => {
    const bytes = wrapped(stream);
    const { slots, heldBytes } = device.stats();
    for (let i = 0; i < 3; i++) {
      const abort = new AbortController();
      setTimeout(() => abort.abort(), i);
      const end = await device.load(bytes, { signal: abort.signal }).catch((error: Error) => error);
      if (end instanceof Error) expect(end.name).toBe('AbortError');
      else for (const batch of [end.rgba, end.mask]) batch.dispose();
    }
    expect(device.stats()).toMatchObject({ slots, heldBytes });
    expect(await loaded(device, bytes)).toEqual(await loaded(one, bytes));
  });
});

it('members that take turns had work', () => expect(rounds).toBeGreaterThan(200));

it('a thread that is ended in the middle is told of, and the next call works', async () => {
  const device = await threaded(2);
  const right = await loaded(one, files[6][1]);
  expect(await loaded(device, files[6][1])).toEqual(right);
  const { engine } = device.home.here ?? {};
  const [thread] =
    (engine instanceof WasmEngine && engine.crew instanceof Threads && (await engine.crew.started)) || [];
  const { slots, heldBytes } = device.stats();
  setTimeout(() => thread?.end(), 1);
  const signal = new AbortController().signal;
  for (let i = 0; i < 999 && !thread?.ended; i++) {
    await new Promise(setImmediate);
    const end = await device.load(files[6][1], { signal }).catch((error: Error) => error);
    if (end instanceof Error) expect(end).toMatchObject({ code: 'no-device' });
    else for (const batch of [end.rgba, end.mask]) batch.dispose();
  }
  expect(thread?.ended).toBe(true);
  expect(device.stats()).toMatchObject({ slots, heldBytes });
  expect(await loaded(device, files[6][1])).toEqual(right);
  device.close();
});

it('several bands at a time make the same picture', async () => {
  const device = await open({ device: 'wasm', threads: 2 });
  const pixels = new Uint8Array(2000 * 1300 * 4).map((_, i) => (i % 4) * (i >> 8) + ((i * 2654435761) >>> 29));
  const bytes = await one.image(pixels, [1300, 2000, 4]).toPng();
  for (let i = 0; i < 3; i++) expect(await loaded(device, bytes)).toEqual(await loaded(one, bytes));
  device.close();
});
