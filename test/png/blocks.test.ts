// Files of several blocks: the same bytes however blocks are divided among threads, readable by others, and hardly
// larger than one block.
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { encode } from '../../src/png/index.js';
import type { EncodeInput } from '../../src/png/input.js';
import { shuffled, threaded } from '../crew.js';
import { noise } from '../noise.js';

const devices = { 'two threads': await threaded(2), 'three members in any order': await shuffled(3, 5) };
afterAll(() => Object.values(devices).forEach((device) => device.close()));

const [W, H] = [1030, 1100];
const grain = noise(W * H * 4, 1);
/** Slopes with some grain in them. */
const soft = grain.map((v, i) => (((i >> 2) % W) >> 2) + (Math.floor(i / 4 / W) >> 4) + (v & 3));
const blobs = grain
  .subarray(0, W * H)
  .map((_, i) => (Math.hypot((i % W) - 500, Math.floor(i / W) - 400) < 333 ? 255 : 0));
const wide = Uint16Array.from({ length: W * H }, (_, i) => (i * 37) & 65535);
const pictures: Record<string, EncodeInput> = {
  RGBA: { width: W, height: H, channels: 4, data: soft },
  gray: { width: W, height: H, channels: 1, data: blobs },
  '16 bits': { width: W, height: H, channels: 1, bitDepth: 16, data: wide },
  'rows of more than 32 KB': { width: 40_000, height: 28, channels: 4, data: soft.subarray(0, 40_000 * 28 * 4) },
};

describe.each(Object.entries(pictures))('a file of several blocks: %s', (_, picture) => {
  it.each([
    'fast',
    'small',
  ] as const)('is the same of any number of threads, and what was written: %s', async (level) => {
    const file = await encode(picture, { level });
    for (const [name, { home }] of Object.entries(devices)) {
      const room = await home.here?.engine.memory?.room('png');
      expect(Buffer.compare(await encode(picture, { level, room }), file), name).toBe(0);
    }
    const deep = picture.data instanceof Uint16Array;
    const { data, info } = await sharp(Buffer.from(file))
      .toColourspace(deep ? 'rgb16' : 'srgb')
      .raw({ depth: deep ? 'ushort' : 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const { buffer } = Uint8Array.from(data);
    const numbers = deep ? new Uint16Array(buffer) : new Uint8Array(buffer);
    expect(info).toMatchObject({ width: picture.width, height: picture.height });
    // gray comes as three of the same
    const each = numbers.length / picture.data.length;
    const seen = numbers.filter((_, i) => i % each === 0);
    expect(Buffer.compare(Buffer.from(seen.buffer), Buffer.from(picture.data.slice().buffer))).toBe(0);
  });
});

it('what lies before a block is found in it: rows that repeat are written once', async () => {
  const row = noise(W * 4, 3);
  const data = Uint8Array.from({ length: W * 4 * H }, (_, i) => row[i % (W * 4)] ^ ((Math.floor(i / W / 4) & 1) * 255));
  const file = await encode({ width: W, height: H, channels: 4, data }, { level: 'small' });
  expect(file.length).toBeLessThan(6 * row.length + (data.length / 258) * 3);
});
