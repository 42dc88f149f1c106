// Pictures so wide that the size of a kernel's memory would overflow 32 bits.
import { ChromaskError, open } from 'chromask';
import { expect, it } from 'vitest';

it('grows a mask four million pixels wide', async () => {
  using device = await open({ device: 'wasm' });
  const width = 4_300_000;
  const guard = device.mask(new Uint8Array(1000).fill(7), [10, 100]);
  const data = new Uint8Array(width);
  data[1000] = 255;
  data[width - 1] = 9;
  const grown = await device.mask(data, [1, width]).grow({ expand: 300 }).bytes();
  const lit = grown.reduce((count, value) => count + (value === 255 ? 1 : 0), 0);
  expect([lit, grown[699], grown[700], grown[1300], grown[1301]]).toEqual([601, 0, 255, 255, 0]);
  expect([grown[width - 302], grown[width - 301]]).toEqual([0, 9]);
  expect((await guard.bytes()).every((value) => value === 7)).toBe(true);
});

it('refuses to grow what leaves no room to work in', async () => {
  using device = await open({ device: 'wasm', limits: { memory: 2 ** 20 } });
  const mask = device.mask(new Uint8Array(2 ** 19), [1, 2 ** 19]);
  const error: unknown = await mask
    .grow({ expand: 300, shape: 'square' })
    .bytes()
    .catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ChromaskError);
  expect((error as ChromaskError).code).toBe('out-of-memory');
  expect((await mask.invert().bytes())[0]).toBe(255);
});

it('a window far wider than its picture asks for no more memory than one as wide', async () => {
  using device = await open({ device: 'wasm', limits: { memory: 2 ** 20 } });
  const data = new Uint8Array(64 * 64);
  data[0] = 9;
  const made = await device.mask(data, [64, 64]).grow({ expand: 16384, shape: 'square' }).bytes();
  expect(made.every((v) => v === 9)).toBe(true);
});
