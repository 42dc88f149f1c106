// Counting colours against a plain count, by each method: a small table, buckets, parts of the colour space.
import { ImageBatch, open } from 'chromask';
import { describe, expect, it } from 'vitest';
import { noise } from '../noise.js';

const device = await open({ device: 'wasm' });

describe('counting colours', () => {
  /** Colours by how often they are there, then by red, green, blue, alpha. */
  function counted(data: Uint8Array, channels: number): { color: number[]; count: number }[] {
    const keys = new Float64Array(data.length / channels);
    for (let i = 0; i < data.length; i++) {
      const at = Math.floor(i / channels);
      keys[at] = keys[at] * 256 + data[i];
    }
    keys.sort();
    const runs: [key: number, count: number][] = [];
    for (let i = 0, from = 0; i < keys.length; i++) {
      if (keys[i] === keys[i + 1]) continue;
      runs.push([keys[i], i + 1 - from]);
      from = i + 1;
    }
    const often = runs.filter(([, count]) => count > 1).sort(([, n], [, m]) => m - n);
    const colorOf = (key: number): number[] =>
      Array.from({ length: channels }, (_, c) => Math.floor(key / 256 ** (channels - 1 - c)) % 256);
    return [...often, ...runs.filter(([, count]) => count === 1)]
      .slice(0, 300_000)
      .map(([key, count]) => ({ color: colorOf(key), count }));
  }

  async function compare(data: Uint8Array, shape: number[], minPixels: number, all = [1, 2, 3, 5, 8, 40, 999]) {
    const channels = shape[2];
    const image: ImageBatch = device.image(data, shape);
    const wanted = counted(data, channels).filter(({ count }) => count >= minPixels);
    for (const maxCount of all) {
      const { colors, counts, masks } = await image.colorMap({ minPixels, maxCount });
      const first = wanted.slice(0, maxCount);
      expect(counts, `${shape}, ${maxCount}`).toEqual(first.map(({ count }) => count));
      expect(colors, `${shape}, ${maxCount}`).toEqual(first.map(({ color }) => color));
      masks.dispose();
    }
    image.dispose();
  }

  it.each([1, 3, 4])('of few colours, many of them equally frequent, in %s channels', async (channels) => {
    for (const [seed, values] of [
      [1, 2],
      [2, 3],
      [3, 7],
    ]) {
      const data = noise(40 * 50 * channels, seed).map((v) => (v % values) * 30);
      await compare(data, [40, 50, channels], 1);
      await compare(data, [40, 50, channels], 40);
    }
    const runs = Uint8Array.from({ length: 64 * 64 * channels }, (_, i) => (i / channels / 37) & 15);
    await compare(runs, [64, 64, channels], 1);
  });

  it.each([3, 4])('of more colours than the first table holds, in %s channels', async (channels) => {
    const few = noise(150 * 200 * channels, 9).map((v) => v & 0xe7);
    await compare(few, [150, 200, channels], 1);
    await compare(few, [150, 200, channels], 3);
  });

  it.each([3, 4])('of nearly every pixel its own, in %s channels', async (channels) => {
    const [h, w] = [1000, 1100];
    const data = new Uint8Array(h * w * channels);
    for (let i = 0; i < h * w; i++) {
      const key = i % 7 === 0 ? i % 911 : Math.imul(i, 40503) & 0xffffff;
      const parts = [key >> 16, key >> 8, key, 255];
      for (let c = 0; c < channels; c++) data[i * channels + c] = parts[c];
    }
    await compare(data, [h, w, channels], 1, [5, 999]);
    if (channels === 4) data[3] = 254;
    await compare(data, [h, w, channels], 2, [3, 700]);
  });

  it.each([
    1, 3, 4,
  ])('at every threshold, of pictures in which some colours stand out, in %s channels', async (channels) => {
    for (const [width, height, mask] of [
      [97, 61, 0xc0],
      [301, 203, 0xf8],
      [640, 421, 0xff],
    ]) {
      for (const opaque of channels === 4 ? [true, false] : [true]) {
        const data = noise(width * height * channels, 7).map((v) => v & mask);
        for (let i = 0; i < data.length; i += channels * 9)
          data.copyWithin(i, (i % 7) * channels, ((i % 7) + 1) * channels);
        if (channels === 4 && opaque) for (let i = 3; i < data.length; i += 4) data[i] = 255;
        for (const minPixels of [1, 2, 40, 100000]) await compare(data, [height, width, channels], minPixels, [12]);
      }
    }
  });
});

describe('colours chosen to share their places', () => {
  // the inverse of the golden ratio's bits: multiplied by those, the colours are 0, 1, 2, …
  const inverse = 0x0e8b2f51;
  // in tables with known places the first of these took minutes
  it.each([
    ['alpha among them', 98_304, (i: number) => Math.imul(i, inverse)],
    ['opaque', 98_304, (i: number) => Math.imul(i, inverse) | 0xff000000],
    ['with the lower bits alone', 98_304, (i: number) => Math.imul(i << 9, inverse)],
  ])(
    'take no longer than others: %s',
    async (_, size, colorOf) => {
      const keys = Uint32Array.from({ length: size }, (_, i) => colorOf(i));
      const image = device.image(new Uint8Array(keys.buffer), [256, size / 256, 4]);
      for (const minPixels of [1, 2]) {
        const { counts } = await image.colorMap({ minPixels, maxCount: 5 });
        expect(counts.length).toBeLessThanOrEqual(5);
      }
      image.dispose();
    },
    20_000,
  );

  it('take no longer than others: floats', async () => {
    const size = 131_072;
    const words: number[] = [];
    for (let u = 0; words.length < size; u++) {
      const upper = u >>> 3; // times the golden ratio, the lower 18 bits xor the upper 16 are one of eight places
      const word = Math.imul((upper << 18) | ((upper << 2) ^ (u & 7)), inverse) >>> 0;
      if (((word >>> 23) & 255) !== 255) words.push(word);
    }
    const image = device.image(new Float32Array(Uint32Array.from(words).buffer), [256, size / 256, 1]);
    expect((await image.colorMap({ minPixels: 1, maxCount: 5 })).counts.length).toBe(5);
    image.dispose();
  }, 20_000);

  it('are what they are called', () => expect(Math.imul(inverse, 0x9e3779b1)).toBe(1));
});

it('the one mask of a gray picture made for the purpose may lie where the picture lay', async () => {
  const gray = (seed: number): ImageBatch =>
    device.image(
      noise(64 * 64, seed).map((v) => v & 1),
      [64, 64, 1],
    );
  const { masks, counts } = await ImageBatch.cat([gray(1), gray(2)]).colorMap({ minPixels: 1, maxCount: 1 });
  const white = (await masks.at(0).bytes()).filter((v) => v === 255).length;
  expect(white).toBe(counts[0]);
  expect((await masks.bytes()).some((v) => v !== 0 && v !== 255)).toBe(false);
  expect((await masks.at(1).bytes()).includes(255)).toBe(true);
});
