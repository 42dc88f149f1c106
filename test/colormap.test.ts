// Colour maps against a plain count, by every way there is of counting: few colours, a filter of buckets, parts of the colour space.
import { open } from 'chromask';
import { describe, expect, it } from 'vitest';
import { noise } from './noise.js';

const device = await open({ device: 'wasm' });

/** The frequent colours by the book: most pixels first, then by red, green, blue, alpha. */
function plain(pixels: Uint8Array, channels: number, least: number, most: number) {
  const counts = new Map<string, number>();
  for (let i = 0; i < pixels.length; i += channels) {
    const key = pixels.subarray(i, i + channels).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const all = [...counts]
    .filter(([, count]) => count >= least)
    .map(([key, count]) => ({ color: key.split(',').map(Number), count }));
  const order = (a: number[], b: number[]): number => a.map((v, i) => v - b[i]).find((d) => d) ?? 0;
  return all.sort((a, b) => b.count - a.count || order(a.color, b.color)).slice(0, most);
}

describe.each([1, 3, 4])('pictures of %i channels', (channels) => {
  for (const [what, width, height, mask] of [
    ['few colours', 97, 61, 0xc0],
    ['thousands of colours', 301, 203, 0xf8],
    ['as many colours as pixels', 640, 421, 0xff],
  ] as const) {
    for (const opaque of channels === 4 ? [true, false] : [true]) {
      it.each([1, 2, 40, 100000])(`${what}${opaque ? '' : ', alpha too'}, from %i pixels on`, async (minPixels) => {
        const pixels = noise(width * height * channels, 7).map((v) => v & mask);
        // some colours stand out
        for (let i = 0; i < pixels.length; i += channels * 9)
          pixels.copyWithin(i, (i % 7) * channels, (i % 7) * channels + channels);
        if (channels === 4 && opaque) for (let i = 3; i < pixels.length; i += 4) pixels[i] = 255;
        const image = device.image(pixels, [1, height, width, channels]);
        const { colors, counts } = await image.colorMap({ minPixels, maxCount: 12 });
        const expected = plain(pixels, channels, minPixels, 12);
        expect(colors).toEqual(expected.map(({ color }) => color));
        expect(counts).toEqual(expected.map(({ count }) => count));
        image.dispose();
      });
    }
  }
});
