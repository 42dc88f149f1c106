// Kernel memory that runs out at any allocation: a typed error, and every block is freed.
import { open } from 'chromask';
import { expect, test } from 'vitest';
import { decode, readText } from '../../src/png/decode.js';
import { encode } from '../../src/png/encode.js';
import { encodeApng, type Room } from '../../src/png/index.js';
import { noise } from '../noise.js';
import { guarded, roomOf } from './guard.js';

const [width, height] = [40, 30];
const size = width * height;
const data = noise(size * 4, 5);
const frames = [0, 1].map((i) => ({ data: noise(size * 4, 6 + i), delay: 10 }));
const text = { note: 'a'.repeat(5000) };
const plain = guarded(await roomOf('simd'));
const files = {
  still: await encode({ width, height, channels: 4, data }, { room: plain, text }),
  deep: await encode({ width, height, channels: 3, data: new Uint16Array(size * 3).fill(513) }, { room: plain }),
  moving: await encodeApng({ width, height, frames }, { room: plain }),
};

const works: Record<string, (room: Room) => Promise<unknown>> = {
  'encoding 8 bits': (room) => encode({ width, height, channels: 4, data }, { room, level: 'small', text }),
  'encoding 1 bit': (room) =>
    encode({ width, height, channels: 1, bitDepth: 1, data: noise(size, 8).map((v) => v & 1) }, { room }),
  'encoding a palette': (room) =>
    encode({ width, height, palette: noise(16, 9), data: noise(size, 8).map((v) => v & 3) }, { room }),
  'the smallest file': (room) =>
    encode({ width, height, channels: 3, data: new Uint8Array(size * 3).fill(7) }, { room, level: 'smallest' }),
  'encoding frames': (room) => encodeApng({ width, height, frames }, { room }),
  decoding: (room) => decode(files.still, { room }),
  'decoding 16 bits as 8': (room) => decode(files.deep, { room, format: 'rgba8' }),
  'decoding frames': (room) => decode(files.moving, { room }),
  'reading text': (room) => readText(files.still, { room }),
};

test.each(
  Object.entries(works),
)('%s gives back all its blocks, whichever one there is no room for', async (_, work) => {
  let refused = 0;
  for (let most = 0; ; most++) {
    const room = guarded(await roomOf('simd'));
    const { alloc } = room.arena;
    let asked = 0;
    room.arena.alloc = (bytes) => {
      if (asked++ < most) return alloc.call(room.arena, bytes);
      throw Object.assign(new Error('no more'), { name: 'ChromaskError', code: 'out-of-memory' });
    };
    const end = await work(room).catch((error: Error) => error);
    expect(room.arena.held, `${most} blocks`).toBe(0);
    if (!(end instanceof Error)) break;
    expect(end.message).toBe('no more');
    refused++;
  }
  expect(refused).toBeGreaterThan(1);
});

test('what is kept for later goes before a picture is refused for want of memory', async () => {
  const device = await open({ device: 'wasm', limits: { memory: 2 ** 22 } });
  const source = device.mask(noise(65536, 3), [256, 256]);
  const file = await device.image(noise(65536 * 4, 4), [256, 256, 4]).toPng();
  const masks = [];
  for (let i = 0; i < 80; i++) {
    const mask = source.grow({ expand: (i % 50) + 1 });
    await mask.bytes();
    masks.push(mask);
  }
  expect((await decode(await source.toPng())).width).toBe(256);
  expect((await device.load(file)).rgba.shape).toEqual([1, 256, 256, 4]);
  device.close();
});
