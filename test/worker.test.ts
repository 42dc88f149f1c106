// A device in a worker behaves like a local one: the same methods, results and errors, over a port.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { ChromaskError, MaskBatch, open } from 'chromask';
import { runNode } from 'chromask/comfy';
import { openWorker, serve } from 'chromask/worker';
import { afterAll, describe, expect, it } from 'vitest';
import { className, readCases } from './golden/read.js';

const opened: { close(): void }[] = [];
afterAll(() => opened.forEach((one) => one.close()));

async function pair(options: Parameters<typeof openWorker>[0] = {}) {
  const { port1, port2 } = new MessageChannel();
  serve(port2);
  const device = await openWorker({ device: 'wasm', ...options, worker: port1 });
  opened.push(device, port2);
  return device;
}

const hash = (data: Uint8Array | Float32Array): string => createHash('sha256').update(data).digest('hex');

const near = await open({ device: 'wasm' });
const far = await pair();
const sample = readFileSync('sample.png');

describe('a device in a worker', () => {
  it('says what it is', () => {
    expect(far.name).toBe('wasm');
    expect(far.limits).toEqual(near.limits);
    expect(String(far)).toBe('chromask device wasm');
  });

  it('refuses what would be shared with it', async () => {
    const message = expect.stringMatching(/^\w+: a worker shares no /);
    const one = far.solid({ width: 1, height: 1 });
    expect(() => far.allocImage([1, 1, 4])).toThrow(expect.objectContaining({ code: 'unsupported', message }));
    await expect(one.texture()).rejects.toMatchObject({ code: 'unsupported', message });
  });

  it('repeats recorded calls bit for bit', async () => {
    const cases = readCases().filter(({ node }) => /ImageToMask|ColorMap/.test(node));
    for (const one of cases) {
      const [output] = await runNode(far, className(one.node), { ...one.params, ...one.inputs });
      const expected = one.outputs.masks ?? one.outputs.mask;
      expect(await (output as MaskBatch).data(), one.id).toEqual(expected.data);
    }
  });

  it('gives every kind of answer that a device here gives', async () => {
    const answers = [];
    for (const device of [near, far]) {
      const { image, mask, rgba, lossy } = await device.load(sample);
      const one = image.channel('S(HSV)').crop({ x: 40, y: 30, width: 20, height: 10 });
      const { masks, colors, counts } = await one.toGray().colorMap({ minPixels: 1, maxCount: 3 });
      const into = new Float32Array(one.size);
      answers.push({
        shapes: [image.shape, mask.shape, rgba.shape, masks.shape, lossy],
        data: await one.data(),
        bytes: hash(await mask.bytes()),
        into: [(await one.data({ into })) === into, into],
        lent: [await one.withBytes(hash), await one.withData(hash)],
        histogram: await one.histogram(),
        histogramAgain: await one.histogram(),
        png: await one.toPng({ level: 'small' }),
        blob: await (await one.toBlob()).arrayBuffer(),
        url: await one.toDataURL(),
        npy: await one.toNpy(),
        rle: await one.toCocoRle(),
        tensor: await MaskBatch.cat([one, one]).toTensor({ layout: 'NCHW' }),
        planes: hash((await image.toTensor()).data),
        bounds: await one.bounds(),
        area: await one.area(),
        colors: [colors, counts, await masks.at(-1).bytes()],
        solid: await device.solid({ value: 0.25, width: 3, height: 2 }).data(),
        polarity: mask.polarity,
        recipe: masks.at(1).invert().recipe(),
      });
    }
    expect(Object.keys(answers[1])).toHaveLength(20);
    for (const key of Object.keys(answers[0]) as (keyof (typeof answers)[0])[]) {
      expect(answers[1][key], key).toEqual(answers[0][key]);
    }
  });

  it('takes a signal wherever a device here takes one', async () => {
    const { signal } = new AbortController();
    const answers = [];
    for (const device of [near, far]) {
      const { image, mask } = await device.load(sample, { signal });
      const one = image.channel('S(HSV)');
      const picture = one.toGray();
      const { masks } = await picture.colorMap({ minPixels: 900, signal });
      const recipe = masks.at(0).recipe({ inputs: { image: picture } });
      const [shown] = await runNode(device, 'LoadImage', { image: new Blob([sample]) }, { signal });
      answers.push({
        png: await one.toPng({ signal, level: 'fast' }),
        picture: hash(await image.toPng({ signal })),
        blob: (await one.toBlob({ signal })).size,
        histogram: await one.histogram({ signal }),
        rle: await one.toCocoRle({ signal }),
        planes: hash((await image.toTensor({ signal, mean: [0.1, 0.2, 0.3], std: 0.5 })).data),
        lent: await one.withBytes(hash, { signal }),
        colours: await masks.bytes({ signal }).then(hash),
        run: await ((await device.run(recipe, { image: picture }, { signal })) as MaskBatch).bytes().then(hash),
        shown: [shown.shape, mask.shape],
      });
    }
    expect(answers[1]).toEqual(answers[0]);
  });

  it('fills the array that it is given, for every question', async () => {
    const pixels = Uint8Array.from({ length: 24 }, (_, i) => i * 9);
    for (const device of [near, far]) {
      const image = device.image(pixels, [1, 2, 4, 3]);
      const mask = image.channel('green');
      const asks = {
        data: (into: never) => mask.data({ into }),
        toTensor: async (into: never) => (await mask.toTensor({ into })).data,
        NHWC: async (into: never) => (await mask.toTensor({ layout: 'NHWC', into })).data,
        HW: async (into: never) => (await mask.toTensor({ layout: 'HW', into })).data,
      };
      const expected = await mask.data();
      for (const [name, ask] of Object.entries(asks)) {
        const into = new Float32Array(8);
        expect(await ask(into as never), name).toBe(into);
        expect(into, name).toEqual(expected);
      }
      const planes = new Float32Array(24);
      expect((await image.toTensor({ into: planes })).data).toBe(planes);
      expect(planes.subarray(8, 16)).toEqual(expected);
      for (const into of [Buffer.alloc(8), new Uint8ClampedArray(8), runInNewContext('new Uint8Array(8)')]) {
        expect(await mask.bytes({ into: into as never })).toBe(into);
        expect([...into]).toEqual([...(await mask.bytes())]);
      }
    }
  });

  it('names the array that went elsewhere before it was filled', async () => {
    for (const device of [near, far]) {
      const image = device.image(new Uint8Array(12), [1, 2, 2, 3]);
      for (const ask of [
        (into: Float32Array<ArrayBuffer>) => image.data({ into }),
        (into: Float32Array<ArrayBuffer>) => image.toTensor({ into }),
        (into: Float32Array<ArrayBuffer>) => image.toTensor({ layout: 'NHWC', into }),
      ]) {
        const into = new Float32Array(12);
        const answer = ask(into);
        structuredClone(into.buffer, { transfer: [into.buffer] });
        await expect(answer).rejects.toMatchObject({ code: 'bad-argument', message: expect.stringContaining('into') });
      }
    }
  });

  it('gives its pictures as its own', async () => {
    const image = far.image(Uint8Array.of(1, 2, 3), [1, 1, 3]);
    const mask = image.channel('red').invert();
    expect([mask instanceof MaskBatch, mask.location, image.location]).toEqual([true, 'pending', 'wasm']);
    await mask.data();
    expect(mask.location).toBe('wasm');
    mask.dispose();
    expect(mask.location).toBe('disposed');
  });

  it('says where a result is as a device here does, for every question', async () => {
    const said = [];
    for (const device of [near, far]) {
      const image = device.image(Uint8Array.of(1, 2, 3, 4, 5, 6), [1, 2, 3]);
      const where = async (ask: (mask: MaskBatch) => Promise<unknown>) => {
        const mask = image.channel('red').invert();
        await ask(mask);
        return mask.location;
      };
      const floats = device.solid({ value: 0.5, width: 2, height: 1 });
      const picture = image.channel('red').toGray();
      await Promise.all([floats.bytes(), picture.colorMap()]);
      said.push({
        data: await where((mask) => mask.data()),
        into: await where((mask) => mask.data({ into: new Float32Array(2) })),
        lent: await where((mask) => mask.withBytes(() => 0)),
        png: await where((mask) => mask.toPng()),
        npy: await where((mask) => mask.toNpy()),
        histogram: await where((mask) => mask.histogram()),
        area: await where((mask) => mask.area()),
        tensor: await where((mask) => mask.toTensor()),
        derived: await where((mask) => mask.invert().data()),
        truncated: floats.location,
        coloured: picture.location,
        source: image.location,
      });
    }
    expect(said[1]).toEqual(said[0]);
    expect(said[0]).toMatchObject({ png: 'wasm', into: 'pending', truncated: 'pending', source: 'wasm' });
  });

  it('refuses what a device here refuses, in the same words', async () => {
    const said: unknown[] = [];
    for (const device of [near, far]) {
      const mask = device.mask(Uint8Array.of(1, 2, 3, 4), [1, 2, 2]);
      const words: string[] = [];
      const hear = async (call: () => unknown): Promise<void> => {
        try {
          await call();
          words.push('nothing');
        } catch (error) {
          words.push(error instanceof ChromaskError ? `${error.code} ${error.message}` : String(error));
        }
      };
      await hear(() => mask.levels({ gray: 0 }));
      await hear(() => mask.data({ into: new Float32Array(3) }));
      await hear(() => mask.toPng({ bitDepth: 7 as never }));
      await hear(() => mask.toTensor({ layout: 'CHW' as never }));
      await hear(() => device.load(new Uint8Array(8)));
      await hear(() => device.load(5 as never));
      await hear(() => device.load(new Response(sample, { status: 404 })));
      const used = new Response(sample);
      await used.arrayBuffer();
      await hear(() => device.load(used));
      await hear(() => device.load('http://['));
      await hear(() => mask.toPng({ far: { signal: true } } as never));
      await hear(() => mask.toPng({ into: undefined } as never));
      await hear(() => mask.bytes({ into: new Float32Array(4) } as never));
      await hear(() => mask.bytes({ into: new Uint8Array(5) }));
      await hear(() => mask.bytes({ signal: 5 } as never));
      await hear(() => mask.bytes(new Uint8Array(4) as never));
      await expect(mask.draw({} as never, null as never)).rejects.toMatchObject({ code: 'bad-argument' });
      const inverted = mask.invert();
      mask.dispose();
      await hear(() => mask.data());
      await hear(() => inverted.data());
      said.push(words);
    }
    expect(said[1]).toEqual(said[0]);
  });

  it('stops when its signal says so, and works on', async () => {
    const image = far.image(new Uint8Array(600 * 600 * 3).fill(9), [600, 600, 3]);
    const controller = new AbortController();
    const masks = Array.from({ length: 8 }, (_, i) => image.channel('L(LAB)').grow({ expand: 20 + i }));
    const all = MaskBatch.cat(masks).data({ signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(all).rejects.toThrow('enough');
    expect((await image.channel('red').bytes())[0]).toBe(9);
    await expect(image.channel('red').data({ signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow(
      'before',
    );
  });

  it('takes a chain of 20,000 steps that were not read in between', async () => {
    const low = far.mask(Uint8Array.of(10, 200), [1, 2]);
    let mask = far.mask(Uint8Array.of(90, 30), [1, 2]);
    for (let step = 0; step < 20_000; step++) mask = mask.max(low);
    expect([...(await mask.bytes())]).toEqual([90, 200]);
  });

  it('tells how far it is', async () => {
    const steps: string[] = [];
    const device = await pair({ progress: (done, total) => steps.push(`${done}/${total}`) });
    const mask = device
      .mask(new Uint8Array(64).fill(200), [1, 8, 8])
      .grow({ expand: 1 })
      .normalize()
      .grow({ expand: 2 });
    await mask.data();
    expect(steps.length).toBeGreaterThan(1);
    expect(steps[0]).toMatch(/^0\//);
  });

  it('is out of memory where the one here is', async () => {
    const device = await pair({ limits: { memory: 2 ** 20 } });
    const image = device.image(new Uint8Array(2 ** 21), [1, 1024, 2048, 1]);
    await expect(image.channel('red').data()).rejects.toMatchObject({ code: 'out-of-memory' });
  });

  it('goes on after a source that did not fit: the failure is of what is made from it, and of nothing else', async () => {
    const device = await pair({ limits: { memory: 2 ** 20 } });
    const lost = device.image(new Uint8Array(2 ** 21), [1, 1024, 2048, 1]).channel('red');
    await expect(lost.invert().data()).rejects.toMatchObject({ code: 'out-of-memory' });
    let mask = device.mask(Uint8Array.of(10, 200), [1, 2]);
    for (let step = 0; step < 40; step++) mask = mask.max(mask);
    expect([...(await mask.bytes())]).toEqual([10, 200]);
    const later = mask.resize({ width: 2048, height: 1024 }).max(lost);
    await expect(later.data()).rejects.toMatchObject({ code: 'out-of-memory' });
    await expect(later.invert().toPng()).rejects.toMatchObject({ code: 'out-of-memory' });
  }, 20_000);

  it('is closed for good', async () => {
    const device = await pair();
    const mask = device.mask(Uint8Array.of(1), [1, 1]);
    const asked = mask.data();
    device.close();
    await expect(asked).rejects.toMatchObject({ code: 'closed' });
    expect(() => device.mask(Uint8Array.of(1), [1, 1])).toThrow('closed');
    await expect(mask.data()).rejects.toMatchObject({ code: 'closed' });
  });

  it('says that it is closed to who loads a picture, whenever it was closed', async () => {
    for (const source of [sample, new Blob([sample]), new Response(sample)]) {
      const device = await pair();
      const loading = device.load(source);
      device.close();
      await expect(loading).rejects.toMatchObject({ code: 'closed' });
    }
  });

  it('tells why it cannot be had', async () => {
    await expect(openWorker({ worker: {} as never })).rejects.toThrow('openWorker: worker must be');
    await expect(openWorker()).rejects.toMatchObject({ code: 'unsupported' });
    const read = new Response('kernels');
    await read.text();
    for (const options of [
      { device: () => 1 },
      { device: Symbol('wasm') },
      { wasm: () => 1 },
      { wasm: read },
      { wasm: new Response('', { status: 404 }) },
    ])
      await expect(pair(options as never)).rejects.toMatchObject({ name: 'ChromaskError', code: 'bad-argument' });
    await expect(pair({ device: 'webgl2' })).rejects.toMatchObject({ code: 'no-device' });
  });
});
