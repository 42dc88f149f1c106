// Several threads over one memory give the same bytes as one, regardless of which one does what and when.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Device } from '../src/api/device.js';
import type { ImageBatch } from '../src/api/image.js';
import type { MaskBatch } from '../src/api/mask.js';
import { runNode } from '../src/comfy/index.js';
import { open } from '../src/index.js';
import { WasmEngine } from '../src/wasm/engine.js';
import { Threads } from '../src/wasm/threads.js';
import { bitsOf, shuffled, threaded } from './crew.js';
import { className, readCases } from './golden/read.js';
import { wrong } from './gpu/page/evidence.js';
import { noise } from './noise.js';
import { evidence } from './ops.js';

const hash = (bits: Buffer | string): string => createHash('sha256').update(bits).digest('hex');

let jobs = 0;
const one = await open({ device: 'wasm' });
// THREADS=all tries every number both ways
const all = process.env.THREADS === 'all';
const devices: Record<string, Device> = {
  ...(all ? { 'two threads': await threaded(2) } : {}),
  'three threads': await threaded(3),
  'two members in any order': await shuffled(2, 1, () => jobs++),
  ...(all ? { 'three members in any order': await shuffled(3, 2, () => jobs++) } : {}),
};
afterAll(() => [one, ...Object.values(devices)].forEach((device) => device.close()));

describe.each(Object.entries(devices))('%s', (_, device) => {
  it.each(Object.entries(evidence()))('give what another program gave: %s', async (name, { cases }) => {
    for (const [i, one] of cases.entries()) expect(await wrong(device, name, one), `case ${i}`).toBeUndefined();
  });

  it('repeat recorded calls bit for bit', async () => {
    for (const one of readCases().filter(({ node }) => /ImageToMask|ColorMap/.test(node))) {
      const [output] = await runNode(device, className(one.node), { ...one.params, ...one.inputs });
      const expected = one.outputs.masks ?? one.outputs.mask;
      expect(await (output as MaskBatch).data(), one.id).toEqual(expected.data);
    }
  });

  it('count, join and cast whole batches, whose last bands are no whole steps', async () => {
    const [B, H, W] = [3, 61, 83];
    const photo = noise(B * H * W * 4, 1);
    const other = noise(H * W, 2);
    const made = [];
    for (const here of [one, device]) {
      const image = here.image(photo, [B, H, W, 4]);
      const mask = here.mask(other, [H, W]);
      const chain = image.channel('L(LAB)').normalize().levels({ black: 20, white: 230, gray: 1.3 }).invert();
      made.push([
        await bitsOf(chain.multiply(mask)),
        await bitsOf(chain.as('float32').clamp()),
        await bitsOf(image.channel('H(HSV)').max(mask).as('float32')),
        await chain.histogram(),
      ]);
    }
    expect(made[1]).toEqual(made[0]);
  });
});

it('members that take turns had work', () => expect(jobs).toBeGreaterThan(100));

describe.each(Object.entries(devices))('%s, of pictures of several strips', (_, device) => {
  const [H, W] = [150, 700];
  const photo = noise(W * H * 4, 5);
  const soft = Uint8Array.from(noise(W * H, 6), (v, i) =>
    Math.hypot((i % W) - 350, Math.floor(i / W) - 70) < 60 ? 255 : v >> 3,
  );
  it.each<[string, (mask: MaskBatch, image: ImageBatch) => MaskBatch | ImageBatch]>([
    ['blur', (mask) => mask.blur({ radius: 9.5 })],
    ['blur of a picture', (_, image) => image.boxBlur({ radius: 3 })],
    ['median', (mask) => mask.median({ radius: 4 })],
    ['median, wide', (mask) => mask.median({ radius: 11 })],
    ['diamond', (mask) => mask.grow({ expand: 8 })],
    ['diamond of one step', (mask) => mask.grow({ expand: 1 })],
    ['diamond of floats', (mask) => mask.as('float32').grow({ expand: -31 })],
    ['diamond, beyond the picture', (mask) => mask.grow({ expand: 400 })],
    ['diamonds laid on each other', (mask) => mask.grow({ expand: 700 })],
    ['square', (mask) => mask.grow({ expand: 7, shape: 'square' })],
    ['disk', (mask) => mask.grow({ expand: -6, shape: 'disk' })],
    ['disk of floats, beyond the picture', (mask) => mask.as('float32').grow({ expand: 400, shape: 'disk' })],
    ['square of floats', (mask) => mask.as('float32').grow({ expand: -90, shape: 'square' })],
    ['resize', (mask) => mask.resize({ width: 333, height: 211 })],
    ['resize of a picture, one way', (_, image) => image.resize({ width: 900, height: H })],
    ['interpolate', (mask) => mask.as('float32').interpolate({ width: 500, height: 77 })],
    ['distance', (mask) => mask.distance()],
    ['distance outside', (mask) => mask.distance({ inside: false })],
    ['refine', (mask, image) => mask.refine(image, { radius: 5 })],
    ['colorRange', (_, image) => image.colorRange({ colors: [[200, 30, 90]], tolerance: 60 })],
  ])('make what one thread makes: %s', async (_, make) => {
    const made = [];
    for (const here of [one, device])
      made.push(await bitsOf(make(here.mask(soft, [H, W]), here.image(photo, [H, W, 4]))));
    expect(made[1].equals(made[0])).toBe(true);
  });
});

describe.each(Object.entries(devices))('%s, of what hangs together', (_, device) => {
  const [H, W] = [83, 300];
  const dice = noise(W * H, 8);
  const at = (shape: (x: number, y: number, v: number) => boolean) =>
    Uint8Array.from(dice, (v, i) => (shape(i % W, Math.floor(i / W), v) ? 100 + (v >> 1) : 0));
  // one line that turns inwards: it crosses every edge between two bands again and again
  const spiral = at((x, y) => {
    const ring = Math.min(x, y, W - 1 - x, H - 1 - y);
    return ring % 2 === 0 ? !(x === ring && y === ring + 1 && ring) : x === ring + 1 && y === ring + 1;
  });
  const pictures: Record<string, Uint8Array> = {
    dust: at((_x, _y, v) => v > 150),
    sponge: at((_x, _y, v) => v > 105),
    spiral,
    squares: at((x, y) => (x + y) % 2 === 0),
    combs: at((x, y) => (x % 4 === 0 ? y > 0 : y === H - 1 || (y < 2 && x % 4 === 2))),
    blobs: at((x, y) => Math.sin(x / 9) * Math.cos(y / 7) > 0.2),
    black: at(() => false),
    white: at(() => true),
  };
  const told = async (mask: MaskBatch, connectivity: 4 | 8): Promise<string[]> => {
    const { masks, ...rest } = await mask.components({ connectivity, minArea: 2, max: 40 });
    const all = await mask.components({ connectivity, max: 65536 });
    const made = [
      mask.fillHoles({ connectivity }),
      mask.fillHoles({ connectivity, area: 4, threshold: 0.5 }),
      mask.removeSmall({ connectivity, area: 6 }),
      ...(masks ? [masks] : []),
    ];
    const numbers = [rest, all.areas, all.boxes].map((one) => hash(JSON.stringify(one)));
    return [...numbers, ...(await Promise.all(made.map(bitsOf))).map(hash)];
  };
  const cases = Object.keys(pictures).flatMap((name) => [[name, 4] as const, [name, 8] as const]);
  it.each(cases)('find and make what one thread does: %s, %i', async (name, connectivity) => {
    const picture = pictures[name];
    const gray = new Uint8Array(W * H * 3).map((_, i) => picture[Math.floor(i / 3)]);
    const made = [];
    for (const here of [one, device]) {
      const mask = here.mask(picture, [H, W]);
      const image = here.image(gray, [H, W, 3]);
      const wands = [0, 1, 77].map((y) => image.wand({ x: y * 2, y, tolerance: 60, connectivity }));
      made.push({
        bytes: await told(mask, connectivity),
        floats: await told(mask.as('float32'), connectivity),
        wands: (await Promise.all(wands.map(bitsOf))).map(hash),
      });
    }
    expect(made[1]).toEqual(made[0]);
  });

  it('go through a batch, picture by picture', async () => {
    const all = new Uint8Array(Buffer.concat(Object.values(pictures)));
    const made = [];
    for (const here of [one, device]) {
      const batch = here.mask(all, [all.length / H / W, H, W]);
      made.push([hash(await bitsOf(batch.fillHoles())), hash(await bitsOf(batch.removeSmall({ area: 30 })))]);
    }
    expect(made[1]).toEqual(made[0]);
  });
});

describe.each(Object.entries(devices))('%s, of colours', (_, device) => {
  const [H, W] = [90, 140];
  const random = noise(W * H * 4, 7);
  const few = random.map((v) => v & 192);
  const some = random.map((v, i) => (i % 4 === 3 ? 255 : (i >> 9) % 3 ? v & 240 : 17));
  it.each<[string, Uint8Array, 3 | 4, { minPixels: number; maxCount: number }]>([
    ['few', few, 4, { minPixels: 20, maxCount: 9 }],
    ['few, opaque', few, 3, { minPixels: 1, maxCount: 64 }],
    ['some that are frequent', some, 4, { minPixels: 30, maxCount: 5 }],
    ['each once', random, 4, { minPixels: 1, maxCount: 300 }],
    ['each once, opaque', random, 3, { minPixels: 1, maxCount: 40 }],
  ])('count and find what one thread does: %s', async (_, pixels, channels, options) => {
    const made = [];
    for (const here of [one, device]) {
      const image = here.image(pixels.subarray(0, W * H * channels), [H, W, channels]);
      const { masks, colors, counts } = await image.colorMap(options);
      const bits = [await bitsOf(masks.as('uint8')), await bitsOf(masks.as('float32'))];
      made.push({ colors, counts, bits: bits.map(hash) });
    }
    expect(made[1]).toEqual(made[0]);
    expect(made[0].counts.length).toBeGreaterThan(0);
  });
  it('count what one thread does in pictures of more colours than a small table holds', async () => {
    const [height, width] = [500, 600];
    const many = noise(height * width * 4, 9);
    // counts of one member alone would not show this colour: all of it lies in the last rows
    const rare = many.slice();
    for (let i = 0; i < 70; i++) rare.set([1, 2, 3, 4], rare.length - 4 - i * 400);
    // equal counts go by the colour, red first, so the colours found have little red
    const each = { minPixels: 1, maxCount: 500 };
    for (const [pixels, options] of [
      [rare, { minPixels: 60, maxCount: 5 }],
      [many, each],
    ] as const) {
      const made = [];
      for (const here of [one, device]) {
        const { colors, counts } = await here.image(pixels, [height, width, 4]).colorMap(options);
        made.push({ colors, counts });
      }
      expect(made[1]).toEqual(made[0]);
      expect(made[0].counts.length).toBe(options === each ? 500 : 1);
    }
  });
  it('count the values of a mask that is there', async () => {
    const mask = device.mask(random.slice(0, 2 * H * W), [2, H, W]);
    expect(await mask.histogram()).toEqual(await one.mask(random.slice(0, 2 * H * W), [2, H, W]).histogram());
  });
});

describe('threads', () => {
  const [W, H] = [2000, 1200];
  const photo = noise(W * H * 4, 3);
  const toned = (image: ImageBatch) => image.channel('L(LAB)').normalize().as('float32').clamp();
  const chain = (device: Device) => toned(device.image(photo, [H, W, 4]));
  const expected = chain(one).data();
  // element by element it takes a minute
  const same = async (floats: Float32Array): Promise<boolean> =>
    Buffer.from(floats.buffer).equals(Buffer.from((await expected).buffer));

  it('that are ended in the middle of work are told of, and the others go on', async () => {
    const device = await threaded(4);
    await chain(device).data();
    const { engine } = device.home.here ?? {};
    const threads =
      engine instanceof WasmEngine && engine.crew instanceof Threads ? ((await engine.crew.started) ?? []) : [];
    expect(threads).toHaveLength(3);
    for (const [i, thread] of threads.entries()) {
      setTimeout(() => thread.end(), i);
      // work with a signal pauses, so that timers fire
      const end = await chain(device)
        .data({ signal: new AbortController().signal })
        .catch((error: Error) => error);
      if (end instanceof Error)
        expect(end).toMatchObject({ code: 'no-device', message: expect.stringMatching(/^wasm: a thread ended/) });
      else expect(await same(end)).toBe(true);
      expect(await same(await chain(device).data())).toBe(true);
    }
    device.close();
  });

  it('end with their device, which says that it was closed to who waits', async () => {
    const device = await threaded(2);
    const asked = chain(device).data({ signal: new AbortController().signal });
    setTimeout(() => device.close(), 3);
    const end = await asked.catch((error: Error) => error);
    if (end instanceof Error) expect(end).toMatchObject({ code: 'closed' });
  });

  it('keep no process alive, and are found by a script of either kind', () => {
    const work = `open({ device: 'wasm', threads: 2 }).then(async (device) => {
      const mask = device.solid({ value: 0.5, width: 2000, height: 1000 }).invert();
      console.log((await mask.bytes())[7], (await device.home.engine.crew.started).length);
    })`;
    for (const [type, script] of [
      ['module', `import { open } from './dist/chromask.js'; ${work}`],
      ['commonjs', `const { open } = require('./dist/chromask.cjs'); ${work}`],
    ]) {
      const said = execFileSync(process.execPath, [`--input-type=${type}`, '-e', script], {
        encoding: 'utf8',
        timeout: 30_000,
      });
      expect(said.trim()).toBe('127 1');
    }
  });

  it('are a number, and their script an address', async () => {
    for (const threads of [0, 1.5, 33, 'all', null]) {
      await expect(open({ threads } as object)).rejects.toMatchObject({
        code: 'bad-argument',
        message: expect.stringMatching(/^open: threads must be a whole number from 1 to 32, or 'auto', got /),
      });
    }
    await expect(open({ thread: 3 } as object)).rejects.toMatchObject({ code: 'bad-argument' });
  });

  it('need kernels whose memory can be shared', async () => {
    const module = await WebAssembly.compile(readFileSync('dist/chromask.wasm'));
    const alone = await open({ device: 'wasm', threads: 2, wasm: module });
    expect(alone.why).toContain(
      'threads: kernels that are compiled already share no memory: bring their bytes; one thread does all',
    );
    const bytes = await open({ device: 'wasm', threads: 2, wasm: readFileSync('dist/chromask.wasm') });
    expect(bytes.why).toEqual([]);
    expect(await same(await chain(bytes).data())).toBe(true);
    expect(await same(await chain(alone).data())).toBe(true);
    bytes.close();
  });

  it('give what lies in an ArrayBuffer', async () => {
    const device = await threaded(2);
    const { image, bytes } = device.allocImage([20, 20, 4]);
    bytes.fill(7);
    const all = [bytes, await image.bytes(), await image.data(), await image.channel('red').toPng()];
    await image.withBytes((lent) => all.push(lent));
    for (const { buffer } of all) expect(buffer).toBeInstanceOf(ArrayBuffer);
    expect(new Set(await image.bytes())).toEqual(new Set([7]));
    device.close();
  });

  it('show what they share to one who takes it, and else a copy', async () => {
    const device = await threaded(2);
    const red = device.image(photo, [H, W, 4]).channel('red');
    const few = red.crop({ width: 3, height: 2 });
    const right = [await red.bytes(), await red.data(), await few.bytes(), await red.bytes()];
    const lent = [
      await red.withBytes((bytes) => [bytes.buffer.constructor, bytes.slice()] as const, { shared: true }),
      await red.withData((floats) => [floats.buffer.constructor, floats.slice()] as const, { shared: true }),
      await few.withBytes((bytes) => [bytes.buffer.constructor, bytes.slice()] as const, { shared: false }),
      await red.withBytes((bytes) => [bytes.buffer.constructor, bytes.slice()] as const),
    ];
    expect(lent.map(([Class]) => Class)).toEqual([SharedArrayBuffer, SharedArrayBuffer, ArrayBuffer, ArrayBuffer]);
    // element by element it takes a minute
    expect(lent.map(([, { buffer }]) => hash(Buffer.from(buffer)))).toEqual(
      right.map(({ buffer }) => hash(Buffer.from(buffer))),
    );
    const wrong = Reflect.apply(red.withBytes, red, [() => 0, { shared: 1 }]);
    await expect(wrong).rejects.toThrow('withBytes: shared must be true or false, got 1');
    device.close();
  });

  it('leave nothing half done, of pieces that take several slices', async () => {
    const device = await threaded(2);
    const made = async (here: Device): Promise<Buffer[]> => {
      const image = here.image(photo, [H, W, 4]);
      const red = image.channel('red');
      const all = [
        image.boxBlur({ radius: 2 }),
        red.median({ radius: 2 }),
        red.distance(),
        red.refine(image, { radius: 2 }),
        red.fillHoles({ threshold: 0.5 }),
        red.removeSmall({ area: 9, threshold: 0.5 }),
      ];
      const { areas, boxes } = await red.components({ threshold: 0.5, max: 65536 });
      return [Buffer.from(JSON.stringify([areas, boxes])), ...(await Promise.all(all.map(bitsOf)))];
    };
    const right = await made(one);
    for (let i = 0; i < 3; i++)
      for (const [j, buffer] of (await made(device)).entries()) expect(buffer.equals(right[j]), `${i} ${j}`).toBe(true);
    device.close();
  });

  it('that are not idle are stopped by a signal, and what was taken is given back', async () => {
    const device = await threaded(2);
    const image = device.image(photo, [H, W, 4]);
    // the picture stays on the device for who asks again, signal or not
    await image.channel('red').bytes();
    for (const ms of [0, 2, 5, 10]) {
      const mask = toned(image);
      const { slots, heldBytes } = device.stats();
      const abort = new AbortController();
      setTimeout(() => abort.abort(), ms);
      const end = await mask.data({ signal: abort.signal }).catch((error: Error) => error);
      if (end instanceof Error) {
        expect(end.name).toBe('AbortError');
        // what no one holds any more may have gone as well
        expect(device.stats().slots).toBeLessThanOrEqual(slots);
        expect(device.stats().heldBytes).toBeLessThanOrEqual(heldBytes);
      } else expect(await same(end)).toBe(true);
    }
    expect(await same(await chain(device).data())).toBe(true);
    device.close();
  });
});
