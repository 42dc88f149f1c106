// Access without a copy: the numbers equal those of a copy, and the array becomes invalid afterwards.
import { ChromaskError, MaskBatch, open } from 'chromask';
import { afterAll, describe, expect, it } from 'vitest';
import { noise } from './noise.js';

const device = await open({ device: 'wasm' });
afterAll(() => device.close());
const [height, width] = [61, 97];
const image = device.image(noise(2 * height * width * 4, 1), [2, height, width, 4]);
const floats = device.mask(
  Float32Array.from(noise(height * width, 2), (v) => v / 100 - 0.3),
  [height, width],
);

describe('withBytes and withData', () => {
  it.each([
    ['a channel', () => image.channel('H(HSV)')],
    ['a chain', () => image.channel('L(LAB)').normalize().invert()],
    ['what was given', () => floats],
    ['a chain of floats', () => floats.invert().grow({ expand: 3 })],
    ['a picture', () => image],
  ])('gives the numbers of %s, in either type', async (_, make) => {
    const [lent, read] = [make(), make()];
    expect(await lent.withBytes((bytes) => bytes.slice())).toEqual(await read.bytes());
    expect(await lent.withData((numbers) => numbers.slice())).toEqual(await read.data());
  });

  it('copies nothing, and keeps only what is of the batch’s own type', async () => {
    const mask = device.image(noise(128 * 4, 3), [8, 16, 4]).channel('red'); // no pixel more than kernels take at a time
    const before = device.stats();
    await mask.withData(() => 0);
    expect(device.stats()).toMatchObject({ copiedBytes: before.copiedBytes, heldBytes: before.heldBytes });
    await mask.withBytes(() => 0);
    await mask.withBytes(() => 0);
    const after = device.stats();
    expect(after).toMatchObject({ copiedBytes: before.copiedBytes, heldBytes: before.heldBytes + mask.size });
    expect(after.passes - before.passes).toBe(2);
    mask.dispose();
    expect(device.stats().heldBytes).toBe(before.heldBytes);
  });

  it('passes on what `use` throws, once, also if it is no error', async () => {
    let calls = 0;
    const use = (): never => {
      calls++;
      throw new ChromaskError('out-of-memory', 'mine');
    };
    const { heldBytes } = device.stats();
    await expect(image.channel('blue').withData(use)).rejects.toThrow('mine');
    expect(calls).toBe(1);
    expect(device.stats().heldBytes).toBe(heldBytes);
  });

  it('may be copied into a batch, even where memory grows for that', async () => {
    using young = await open({ device: 'wasm' });
    const side = 1024;
    const source = young.image(noise(side * side * 4, 5), [side, side, 4]);
    const { pages } = young.stats();
    const copy = await source.withBytes((bytes) => young.image(bytes, [side, side, 4]));
    expect(young.stats().pages).toBeGreaterThan(pages);
    expect(Buffer.compare(await copy.bytes(), await source.bytes())).toBe(0);
    const mask = copy.channel('red').as('float32');
    const twin = await mask.withData((numbers) => young.mask(numbers, [side, side]));
    expect(Buffer.compare((await twin.bytes()) as Buffer, await copy.channel('red').bytes())).toBe(0);
  });

  it('refuses what it cannot do', async () => {
    const mask = image.channel('red');
    const wrong = (...given: unknown[]): Promise<unknown> => Reflect.apply(mask.withBytes, mask, given);
    await expect(wrong()).rejects.toThrow('withBytes: use must be a function, got undefined');
    await expect(wrong(() => 0, null)).rejects.toThrow('withBytes: options must be an object, got null');
    await expect(wrong(async () => 0)).rejects.toThrow('withBytes: use must be synchronous, got a Promise');
    // its own failure must not end the process
    await expect(wrong(async () => Promise.reject(new Error('late')))).rejects.toThrow('got a Promise');
    const signal = AbortSignal.abort();
    await expect(mask.withBytes(() => 0, { signal })).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    mask.dispose();
    await expect(mask.withBytes(() => 0)).rejects.toThrow('withBytes: this batch was disposed');
  });
});

describe('the masks of a colour map, made together', () => {
  /** 255 where a pixel is the colour. */
  const plain = (pixels: Uint8Array, channels: number, color: number[]) =>
    Uint8Array.from({ length: pixels.length / channels }, (_, i) =>
      color.every((v, c) => pixels[i * channels + c] === v) ? 255 : 0,
    );

  /** Few colours, in runs of up to `longest` pixels. */
  function drawn(size: number, channels: number, colors: number, longest: number, seed: number): Uint8Array {
    const dice = noise(size * 2, seed);
    const pixels = new Uint8Array(size * channels);
    for (let i = 0, left = 0, color = 0, turn = 0; i < size; i++, left--) {
      if (left <= 0) {
        color = (dice[turn++] * 3) % colors;
        left = 1 + (dice[turn++] % longest);
      }
      for (let c = 0; c < channels; c++) pixels[i * channels + c] = (color * (c ? 29 : 1) + c) & 255;
    }
    return pixels;
  }

  it.each([
    [1, 1],
    [1, 5],
    [3, 40],
    [4, 2],
    [4, 300],
  ])('are those of a plain comparison: %i channels, runs of up to %i', async (channels, longest) => {
    for (const [w, h, batch, colors] of [
      [1, 1, 1, 1],
      [63, 1, 1, 2],
      [64, 2, 2, 3],
      [97, 61, 3, 7],
      [131, 127, 2, 200],
    ]) {
      const size = w * h;
      const pixels = drawn(batch * size, channels, colors, longest, w);
      const picture = device.image(pixels, [batch, h, w, channels]);
      const map = await picture.colorMap({ minPixels: 1, maxCount: 999 });
      const all = Buffer.concat(map.colors.map((color) => plain(pixels, channels, color)));
      expect(await map.masks.withBytes((bytes) => Buffer.compare(bytes, all))).toBe(0);
      const unit = Float32Array.from(all, (v) => v / 255);
      expect(await map.masks.withData((numbers) => numbers.every((v, i) => v === unit[i]))).toBe(true);
      picture.dispose();
    }
  });

  it('are made of each of two batches that ask for the same colour', async () => {
    const pixels = drawn(200, 4, 3, 9, 5);
    const picture = device.image(pixels, [1, 10, 20, 4]);
    const one = async () => (await picture.colorMap({ minPixels: 1, maxCount: 1 })).masks;
    const both = await MaskBatch.cat([await one(), await one()]).bytes();
    expect(both.subarray(0, 200)).toEqual(both.subarray(200));
    expect(both.includes(255)).toBe(true);
  });

  it('are made where the picture lies beside the memory, too', async () => {
    const poor = await open({ device: 'wasm' });
    const pixels = drawn(400 * 300, 3, 5, 30, 8);
    const { grow } = WebAssembly.Memory.prototype;
    WebAssembly.Memory.prototype.grow = () => {
      throw new RangeError('no more');
    };
    const there = poor.image(pixels, [1, 300, 400, 3]);
    WebAssembly.Memory.prototype.grow = grow;
    expect(poor.stats().pages).toBeLessThan(pixels.length / 65536);
    const here = device.image(pixels, [1, 300, 400, 3]);
    const masks = async (one: typeof here) => (await one.colorMap({ minPixels: 9 })).masks.bytes();
    expect(Buffer.compare(await masks(there), await masks(here))).toBe(0);
    poor.close();
  });
});
