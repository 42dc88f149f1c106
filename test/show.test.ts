// The kernels for display, in vectors and as plain JavaScript, against plain loops. Needs no browser.

import { afterAll, describe, expect, it, vi } from 'vitest';
import type { ImageBatch } from '../src/api/image.js';
import type { MaskBatch } from '../src/api/mask.js';
import type { Look, Size } from '../src/engine.js';
import { evaluatorOf, nodeOf } from '../src/graph/held.js';
import { open } from '../src/index.js';
import { Arena } from '../src/wasm/memory.js';
import { shuffled, threaded } from './crew.js';
import { noise } from './noise.js';
import { type Picture, type Shown, shown, smaller } from './show/reference.js';

const fast = await open({ device: 'wasm' });
const several = await threaded(3);
let pieces = 0;
const inTurns = await shuffled(3, 4, (more) => {
  pieces += more;
});
// what they load for that, they must have before
for (const device of [fast, several, inTurns])
  await painted(device.mask(new Uint8Array(1), [1, 1]), { index: 0, opacity: 1 }, { width: 1, height: 1 });
vi.stubGlobal('WebAssembly', undefined);
const slow = await open();
afterAll(() => {
  vi.unstubAllGlobals();
  several.close();
});

/** RGBA pixels of a batch in a size, as the engine makes them. */
function painted(
  batch: MaskBatch | ImageBatch,
  look: Look,
  size: Size,
  over?: MaskBatch | ImageBatch,
): Promise<Uint8ClampedArray> {
  const home = evaluatorOf(batch, 'draw');
  const out = new Uint8ClampedArray(size.width * size.height * 4);
  return home.lend(nodeOf(batch, 'draw'), async (slot, engine) => {
    const put = (pixels: Uint8ClampedArray, top: number): void => out.set(pixels, top * size.width * 4);
    const paint = (one: Look): Promise<void> | undefined => engine.memory?.paint(slot, one, size, put);
    await (over ? home.lend(nodeOf(over, 'draw'), (below) => paint({ ...look, over: below })) : paint(look));
    return out;
  });
}

/** The first numbers that differ: where, what is, what should be. */
function unlike(is: ArrayLike<number>, wanted: ArrayLike<number>): number[][] {
  const places = Array.from(wanted, (_, i) => i).filter((i) => is[i] !== wanted[i]);
  return [
    ...(is.length === wanted.length ? [] : [[is.length, wanted.length]]),
    ...places.slice(0, 4).map((i) => [i, is[i], wanted[i]]),
  ];
}

const batchOf = (device: typeof fast, { data, width, height, channels, floats }: Picture): MaskBatch | ImageBatch => {
  const numbers = floats ? Float32Array.from(data) : Uint8Array.from(data);
  return channels === 1 ? device.mask(numbers, [height, width]) : device.image(numbers, [1, height, width, channels]);
};

const picture = (width: number, height: number, channels: number, seed: number, floats = false): Picture => {
  const bytes = noise(width * height * channels, seed);
  // beyond white and below black, and what is no number
  const data = floats ? Array.from(bytes, (v, i) => (i % 50 === 7 ? Number.NaN : (v - 30) / 200)) : bytes;
  return { data: floats ? Float32Array.from(data) : data, width, height, channels, floats };
};
/** Mostly 0 and 255, as masks and alphas are. */
const plain = (one: Picture): Picture => ({
  ...one,
  data: Array.from(one.data, (v) => (v < 90 ? 0 : v > 160 ? 255 : v)),
});

const looks: Shown[] = [{}, { opacity: 0.5 }, { tint: [255, 48, 80] }, { tint: [127.5, 3, 200], opacity: 0.37 }];

describe.each([
  ['wasm', fast],
  ['plain JavaScript', slow],
  ['three threads', several],
  ['three members in any order', inTurns],
])('on %s', (_, device) => {
  const check = async (one: Picture, look: Shown, size: Size = one): Promise<void> => {
    const { over } = look;
    const is = await painted(
      batchOf(device, one),
      { index: 0, opacity: look.opacity ?? 1, tint: (look.tint ?? (over && [255, 255, 255])) as Look['tint'] },
      size,
      over && batchOf(device, over),
    );
    const sized = (what: Picture): Picture => (size === one ? what : smaller(what, size.width, size.height));
    // under a tint a picture is what its red is
    const red = { ...one, channels: 1, data: Array.from(one.data).filter((_v, i) => i % one.channels === 0) };
    const top = look.tint || over ? red : one;
    expect(unlike(is, shown(sized(top), { ...look, over: over && sized(over) }))).toEqual([]);
  };

  it.each([1, 3, 4])('pictures of %i channels, bytes and floats, are what they are at every tint', async (channels) => {
    for (const look of looks)
      for (const floats of [false, true]) await check(picture(37, 23, channels, 5, floats), look);
  });

  it('a tint lies over pictures that are opaque and over those that are not', async () => {
    for (const [width, height] of [
      [37, 23],
      [4, 1],
      [1, 7],
    ])
      for (const look of looks)
        for (const channels of [1, 3, 4])
          for (const top of [picture(width, height, 1, 3), plain(picture(width, height, 1, 4))]) {
            await check(top, { ...look, over: picture(width, height, channels, 6) });
            await check(top, { ...look, over: plain(picture(width, height, channels, 7)) });
          }
  });

  it.each([
    [37, 23, 20, 11],
    [64, 40, 64, 7],
    [64, 40, 32, 20],
    [300, 9, 1, 1],
    [5, 900, 3, 2],
    [200, 140, 199, 139],
  ])('%i x %i is shown in %i x %i by the means of its boxes', async (width, height, w, h) => {
    for (const channels of [1, 3, 4]) {
      await check(picture(width, height, channels, 8), {}, { width: w, height: h });
      await check(plain(picture(width, height, channels, 9)), { opacity: 0.4 }, { width: w, height: h });
    }
    const over = picture(width, height, 4, 10);
    await check(
      picture(width, height, 1, 11, true),
      { tint: [255, 0, 9], opacity: 0.6, over },
      { width: w, height: h },
    );
    await check(picture(width, height, 4, 12), { tint: [255, 0, 9] }, { width: w, height: h });
  });

  it('one that is so high that its sums are more than 32 bits is right too', async () => {
    await check(picture(1, 66_100, 4, 13), {}, { width: 1, height: 3 });
    await check(
      { ...picture(2, 66_052, 4, 0), data: new Uint8Array(2 * 66_052 * 4).fill(255) },
      {},
      { width: 2, height: 1 },
    );
  });

  it('a picture that comes in bands comes whole', async () => {
    await check(picture(1000, 700, 1, 14), {});
    await check(picture(1000, 700, 3, 15, true), {}, { width: 999, height: 5 });
  });

  it('each picture of a batch is shown over the same one, or the last, of what is below', async () => {
    const [a, b] = [picture(6, 5, 1, 16), picture(6, 5, 1, 17)];
    const below = picture(6, 5, 3, 18);
    const both = device.mask(Uint8Array.of(...Array.from(a.data), ...Array.from(b.data)), [2, 5, 6]);
    const is = await painted(
      both,
      { index: 1, opacity: 1, tint: [1, 2, 3] },
      { width: 6, height: 5 },
      batchOf(device, below),
    );
    expect(unlike(is, shown(b, { tint: [1, 2, 3], over: below }))).toEqual([]);
  });
});

it('members that take turns had work', () => expect(pieces).toBeGreaterThan(300));

it('a picture that lies beside the memory of kernels is shown like any other', async () => {
  const [one, mask] = [picture(700, 300, 3, 19), picture(700, 300, 1, 20, true)];
  const beside = vi.spyOn(Arena.prototype, 'find').mockReturnValueOnce(undefined).mockReturnValueOnce(undefined);
  const [image, floats] = [batchOf(fast, one), batchOf(fast, mask)];
  beside.mockRestore();
  const small = { width: 100, height: 50 };
  const made = await painted(floats, { index: 0, opacity: 1, tint: [9, 8, 7] }, small, image);
  const look = { tint: [9, 8, 7], over: smaller(one, 100, 50) };
  expect(unlike(made, shown(smaller(mask, 100, 50), look))).toEqual([]);
  expect(unlike(await painted(image, { index: 0, opacity: 1 }, one), shown(one))).toEqual([]);
});
