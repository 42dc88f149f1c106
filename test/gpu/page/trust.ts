// The promises of docs/trust.md on the GPU through the public API: load, concurrency, signals, repeatability.

// @ts-expect-error a script without types
import { every } from '../../../scripts/trust/every.mjs';
import type { Device, MaskBatch } from '../../../src/index.js';
import { counted } from './resources.js';
import { built, random } from './tools.js';
import { chain, open } from './whole.js';

type Workers = typeof import('../../../src/entries/worker.js');

const pause = (ms = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const same = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  a.length === b.length && Array.prototype.every.call(a, (value: number, i: number) => Object.is(value, b[i]));
const code = (error: unknown): string => (error as { code?: string }).code ?? String(error);

type Choose = { below: (n: number) => number; pick: <T>(list: readonly T[]) => T };

/** Ways to read a mask; a picture has the first two. */
const WAYS = ['data', 'bytes', 'histogram', 'bounds', 'toImageBitmap'] as const;

/** Rounds of load, every operation, read and dispose (or forget): GL objects and memory before and after. */
export async function soak({ rounds, disposed, seed }: { rounds: number; disposed: boolean; seed: number }) {
  const count = counted();
  const collect = (globalThis as { gc?: () => void }).gc;
  const device = await open('webgl2', { limits: { cache: 2 ** 20 } });
  const next = random(seed);
  const below = (n: number): number => Math.floor(next() * n);
  const choose = (below: Choose['below']): Choose => ({ below, pick: (list) => list[below(list.length)] });
  const any = choose(below);
  const least = choose(() => 0);
  const more = choose((n) => (n > 1 ? 1 + below(n - 1) : 0));
  const library = await built<typeof import('../../../src/index.js')>('/dist/chromask.js');
  const round = async (i: number, r: Choose, way?: number): Promise<void> => {
    const one = device.image(
      Uint8Array.from({ length: 24 * 16 * 4 }, () => next() * 256),
      [1, 16, 24, 4],
    );
    const { rgba } = await device.load(await one.toPng());
    const made: [name: string, batch: MaskBatch][] = await every(library, device, i % 2 ? one : rgba, r);
    for (const [k, [name, batch]] of made.entries()) {
      const ways = batch.shape.length === 3 ? WAYS : WAYS.slice(0, 2);
      // the two masks that most others are made of lie on the GPU from the start: where they came later, chance would
      // decide in every round which of a hundred shaders more is asked for
      const read = k < 2 ? WAYS[1 - k] : ways[(way ?? below(ways.length)) % ways.length];
      const got: unknown = await batch[read as 'data']().catch((error: Error) => {
        throw new Error(`${name}, ${read}: ${error.message}`);
      });
      if (got instanceof ImageBitmap) got.close();
    }
    if (disposed) for (const each of [one, rgba, ...made.map(([, batch]) => batch)]) each.dispose();
  };
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 3; i++) {
      collect?.();
      await pause(20);
    }
  };
  try {
    // every shader that a round can ask for, and as many tables as a device keeps
    for (const r of [least, more, any]) for (const way of WAYS.keys()) await round(way, r, way);
    await settle();
    const before = { live: count.live(), programs: count.programs(), ...device.stats() };
    let most = 0;
    for (let i = 0; i < rounds; i++) {
      await round(i, any);
      most = Math.max(most, device.stats().heldBytes);
      if (i % 20 === 19) await settle();
    }
    await settle();
    const after = { live: count.live(), programs: count.programs(), ...device.stats() };
    device.close();
    return { before, after, most, closed: count.live(), collects: collect !== undefined };
  } finally {
    count.restore();
  }
}

/** Random chains one after another, then `width` at once on one device, then spread over several: those that differ. */
export async function together({ from, count, devices }: { from: number; count: number; devices: number }) {
  const wrong: string[] = [];
  const seeds = Array.from({ length: count }, (_, i) => from + i);
  const serial: Uint8Array[] = [];
  const first = await open('webgl2');
  for (const seed of seeds) serial.push(await chain(first, seed).result.bytes());
  const many = await Promise.all(Array.from({ length: devices }, () => open('webgl2')));
  for (const [name, list] of [
    ['one device', [first]],
    [`${devices} devices`, many],
  ] as [string, Device[]][]) {
    const got = await Promise.all(seeds.map((seed, i) => chain(list[i % list.length], seed).result.bytes()));
    got.forEach((bytes, i) => {
      if (!same(bytes, serial[i])) wrong.push(`${name}: chain ${seeds[i]}`);
    });
  }
  for (const device of [first, ...many]) device.close();
  return { tried: 2 * count, wrong };
}

/** A signal at random moments of a chain: how it ended, what was left, and how long after. */
export async function aborts({ times, seed }: { times: number; seed: number }) {
  const device = await open('webgl2');
  const next = random(seed);
  const image = device.image(
    Uint8Array.from({ length: 500 * 500 * 3 }, () => next() * 256),
    [500, 500, 3],
  );
  const make = (): MaskBatch => {
    const soft = image.channel('L(LAB)').normalize().levels({ gray: 1.3 }).as('float32');
    return soft.multiply(image.channel('H(HSV)').as('float32')).grow({ expand: 2 }).fadeEdges({ left: 9, bottom: 9 });
  };
  await make().bytes();
  const start = performance.now();
  const expected = await make().bytes();
  const whole = performance.now() - start;
  const wrong: string[] = [];
  const late: number[] = [];
  for (let i = 0; i < times; i++) {
    const before = device.stats().slots;
    const abort = new AbortController();
    let fired = 0;
    setTimeout(() => {
      fired = performance.now();
      abort.abort();
    }, next() * whole);
    const end = await make()
      .bytes({ signal: abort.signal })
      .catch((error: Error) => error);
    if (!(end instanceof Error)) {
      if (!same(end, expected)) wrong.push('a result that was not stopped is another one');
      continue;
    }
    late.push(performance.now() - fired);
    if (end.name !== 'AbortError') wrong.push(`rejected with ${end}`);
    if (device.stats().slots !== before) wrong.push(`${device.stats().slots - before} slots more after an abort`);
  }
  if (!same(await make().bytes(), expected)) wrong.push('the device gives something else afterwards');
  device.close();
  late.sort((a, b) => a - b);
  return { stopped: late.length, whole, middle: late[late.length >> 1] ?? 0, worst: late.at(-1) ?? 0, wrong };
}

/** The same chains again and again, in this page and in workers, on both engines: what differs. */
export async function again({ times, chains, seed }: { times: number; chains: number; seed: number }) {
  const wrong: string[] = [];
  const gpu = await open('webgl2');
  const expected = await chain(gpu, seed).result.bytes();
  for (let i = 0; i < times; i++)
    if (!same(await chain(gpu, seed).result.bytes(), expected)) wrong.push(`time ${i} differs`);
  const { openWorker } = await built<Workers>('/dist/worker.js');
  const others = [await open('wasm'), await openWorker({ device: 'webgl2' }), await openWorker({ device: 'wasm' })];
  for (let i = 0; i < chains; i++) {
    const wanted = await chain(gpu, seed + i).result.bytes();
    for (const [k, device] of others.entries()) {
      const got = await chain(device, seed + i).result.bytes();
      if (!same(got, wanted))
        wrong.push(`chain ${seed + i} on ${['wasm', 'webgl2 in a worker', 'wasm in a worker'][k]}`);
    }
  }
  // a worker that is terminated says so
  const worker = new Worker('/dist/chromask.worker.js', { type: 'module' });
  const device = await openWorker({ device: 'webgl2', worker });
  const waiting = chain(device, seed).result.bytes().catch(code);
  worker.terminate();
  const end = await waiting;
  if (typeof end === 'string' && end !== 'no-device') wrong.push(`a terminated worker fails with ${end}`);
  for (const each of [gpu, ...others, device]) each.close();
  return { tried: times + 3 * chains + 1, wrong };
}
