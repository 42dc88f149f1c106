// Counting colours against a plain count, on each of the ways it is done: a small table, buckets, parts of the colour space.
import { type ImageBatch, open } from 'chromask';
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
