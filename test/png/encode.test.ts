import { beforeAll, expect, test } from 'vitest';
import { decode, type EncodeInput, encode, type Level } from '../../src/png/index.js';
import type { Room } from '../../src/png/room.js';
import { guarded, roomOf } from './guard.js';
import { inputs, wanted } from './pictures.js';
import { random } from './writer.js';

const levels: Level[] = ['fast', 'small', 'smallest'];
const rooms: Room[] = [];
beforeAll(async () => {
  for (const name of ['simd', 'scalar'] as const) rooms.push(guarded(await roomOf(name)));
});

test('every kind of picture, noise and 1x1 included, comes back bit for bit, the same file from both builds', async () => {
  const [room, scalar] = rooms;
  if (!room || !scalar) throw new Error('no kernels');
  for (const [name, input] of inputs()) {
    const want = wanted(input);
    for (const level of levels) {
      const file = await encode(input, { level, room });
      const got = await decode(file, { format: 'rgba16', room });
      expect(Buffer.compare(Buffer.from(got.data.buffer), Buffer.from(want.buffer)), `${name} ${level}`).toBe(0);
      expect(got.warnings, name).toEqual([]);
      if (level !== 'smallest')
        expect(
          Buffer.compare(file, await encode(input, { level, room: scalar })),
          `${name} ${level} without vectors`,
        ).toBe(0);
    }
  }
});

test('pictures of many bands come back, at every level', async () => {
  const next = random(3);
  for (const [width, height, channels] of [
    [2000, 700, 1],
    [700, 500, 4],
    [1, 300000, 1],
    [200000, 3, 3],
  ] as const) {
    const data = Uint8Array.from({ length: width * height * channels }, (_, i) =>
      i % 97 < 50 ? (i >> 9) & 255 : Math.floor(next() * 256),
    );
    for (const level of ['fast', 'small'] as const) {
      const got = await decode(
        await encode({ width, height, channels, data }, { level, ...(rooms[0] ? { room: rooms[0] } : {}) }),
      );
      expect(Buffer.compare(Buffer.from(got.data), Buffer.from(data)), `${width}x${height}x${channels} ${level}`).toBe(
        0,
      );
    }
  }
});

test('blocks that are stored as they are follow others, whichever bit those end at', async () => {
  const [room] = rooms;
  const next = random(8);
  for (let more = 0; more < 24; more++) {
    const [width, height] = [4096 + more, 90];
    // by turns easy and without any pattern, so that the forms of the blocks change
    const data = Uint8Array.from({ length: width * height }, (_, i) =>
      Math.floor(i / width / 30) === 1 ? next() * 256 : (i % (50 + more)) & 31,
    );
    for (const level of ['fast', 'small'] as const) {
      const file = await encode({ width, height, channels: 1, data }, { level, ...(room ? { room } : {}) });
      const got = await decode(file, { format: 'native' });
      expect(Buffer.compare(Buffer.from(got.data.buffer), Buffer.from(data)), `${width} ${level}`).toBe(0);
    }
  }
});

test('smallest is never larger than small, and small never larger than fast, on masks', async () => {
  for (const [name, input] of inputs()) {
    if (input.width * input.height < 200 || name.startsWith('noise')) continue;
    const [fast = 0, small = 0, smallest = 0] = await Promise.all(
      levels.map(async (level) => (await encode(input, { level })).length),
    );
    expect(small, name).toBeLessThanOrEqual(fast);
    expect(smallest, name).toBeLessThanOrEqual(small);
  }
});

test('text survives, Latin-1 or not', async () => {
  const text = { workflow: JSON.stringify({ nodes: ['ä', '漢字', '😀'] }), prompt: '{"1":{"a":2}}', Title: 'caf\xe9' };
  const file = await encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(3) }, { text, level: 'smallest' });
  const got = (await decode(file)).text;
  expect(Object.fromEntries(got.map((entry) => [entry.keyword, entry.text]))).toEqual(text);
});

test('wrong input is refused with a sentence', async () => {
  const data = new Uint8Array(4);
  const bad: [EncodeInput, RegExp][] = [
    [{ width: 0, height: 1, channels: 1, data }, /encode: width must be an integer from 1/],
    [{ width: 2, height: 3, channels: 1, data }, /encode: data must be 6 samples for 2 x 3 x 1, got 4/],
    [
      { width: 2, height: 2, channels: 1, bitDepth: 1, data: Uint8Array.of(0, 1, 255, 7) },
      /encode: a sample of a 1-bit picture must be 0, 1 or 255, got 7/,
    ],
    [
      { width: 2, height: 2, palette: new Uint8Array(8), data: Uint8Array.of(0, 1, 2, 0) },
      /encode: palette index must be below 2, got 2/,
    ],
    [{ width: 2, height: 2, channels: 1, bitDepth: 16, data }, /encode: data must be a Uint16Array/],
  ];
  for (const [input, message] of bad)
    await expect(encode(input)).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringMatching(message),
    });
  await expect(
    encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(1) }, { text: { ' x': 'y' } }),
  ).rejects.toThrow(/text keyword/);
  await expect(
    encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(1) }, { signal: AbortSignal.abort() }),
  ).rejects.toMatchObject({ name: 'AbortError' });
});
