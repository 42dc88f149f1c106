import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, expect, test } from 'vitest';
import { decode, type EncodeInput, encode, type Level } from '../../src/png/index.js';
import type { Room } from '../../src/png/room.js';
import { guarded, roomOf } from './guard.js';
import { random } from './writer.js';

const levels: Level[] = ['fast', 'small', 'smallest'];
const rooms: Room[] = [];
beforeAll(async () => {
  for (const name of ['simd', 'scalar'] as const) rooms.push(guarded(await roomOf(name)));
});

type Make = (x: number, y: number, c: number, next: () => number) => number;
const contents: Record<string, Make> = {
  black: () => 0,
  white: () => 255,
  binary: (x, y) => ((x - 20) ** 2 + (y - 15) ** 2 < 200 ? 255 : 0),
  soft: (x, y, c) => Math.min(255, (x * 5 + y * 3 + c * 40) & 511),
  'few colours': (x, y, c) => ((x >> 3) * 50 + (y >> 3) * 30 + c * 7) & 240,
  noise: (_x, _y, _c, next) => Math.floor(next() * 256),
  'noise in two values': (_x, _y, _c, next) => (next() < 0.5 ? 0 : 255),
};
const sizes = [
  [1, 1],
  [2, 1],
  [1, 3],
  [7, 5],
  [16, 16],
  [61, 47],
  [300, 9],
  [3, 1000],
] as const;

function* inputs(): Generator<[string, EncodeInput]> {
  const next = random(99);
  for (const [width, height] of sizes) {
    for (const [name, make] of Object.entries(contents)) {
      for (const channels of [1, 2, 3, 4] as const) {
        const samples = Array.from({ length: width * height * channels }, (_, i) =>
          make(Math.floor(i / channels) % width, Math.floor(i / channels / width), i % channels, next),
        );
        const label = `${name} ${width}x${height}x${channels}`;
        yield [label, { width, height, channels, data: Uint8Array.from(samples) }];
        yield [
          `${label} deep`,
          {
            width,
            height,
            channels,
            data: Uint16Array.from(samples, (v, i) => (name === 'noise' ? v * 256 + ((i * 77) & 255) : v * 257)),
          },
        ];
        if (channels === 1 && samples.every((v) => v === 0 || v === 255))
          yield [`${label} 1 bit`, { width, height, channels, bitDepth: 1, data: Uint8Array.from(samples) }];
        if (channels === 1) {
          for (const entries of [2, 4, 16, 200]) {
            const palette = Uint8Array.from({ length: entries * 4 }, (_, i) =>
              i % 4 === 3 ? (i < 20 ? i * 9 : 255) : (i * 53) & 255,
            );
            yield [
              `${label} palette of ${entries}`,
              { width, height, palette, data: Uint8Array.from(samples, (v) => Math.floor((v * entries) / 256)) },
            ];
          }
        }
      }
    }
  }
}

/** 16-bit RGBA of what was asked for. */
function wanted(input: EncodeInput): Uint16Array {
  const out = new Uint16Array(input.width * input.height * 4);
  for (let i = 0; i < input.width * input.height; i++) {
    if ('palette' in input) {
      for (let c = 0; c < 4; c++) out[i * 4 + c] = (input.palette[(input.data[i] ?? 0) * 4 + c] ?? 0) * 257;
      continue;
    }
    const { channels, data } = input,
      s = Array.from(
        { length: channels },
        (_, c) => (data[i * channels + c] ?? 0) * (data instanceof Uint16Array ? 1 : 257),
      );
    const [a = 0, b = 0, c = 0, d = 0] = s;
    out.set(
      channels === 1
        ? [a, a, a, 65535]
        : channels === 2
          ? [a, a, a, b]
          : channels === 3
            ? [a, b, c, 65535]
            : [a, b, c, d],
      i * 4,
    );
  }
  return out;
}

test('every kind of picture, noise and 1x1 included, comes back bit for bit from our reader and pngjs, the same file from both builds', async () => {
  const [room, scalar] = rooms;
  if (!room || !scalar) throw new Error('no kernels');
  for (const [name, input] of inputs()) {
    const want = wanted(input),
      high = Uint8Array.from(want, (v) => v >> 8);
    for (const level of levels) {
      const file = await encode(input, { level, room });
      const got = await decode(file, { format: 'rgba16', room });
      expect(Buffer.compare(Buffer.from(got.data.buffer), Buffer.from(want.buffer)), `${name} ${level}`).toBe(0);
      expect(got.warnings, name).toEqual([]);
      const other = PNG.sync.read(Buffer.from(file), { skipRescale: true } as object);
      const theirs = other.depth === 16 ? Uint8Array.from(other.data, (v) => v >> 8) : other.data;
      if (other.depth === 8 || level === 'smallest') expect(theirs.length, name).toBe(high.length);
      if (other.depth === 8 && !('palette' in input))
        expect(Buffer.compare(theirs, high), `${name} ${level} by pngjs`).toBe(0);
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

const python = '/usr/bin/python3';
const hasPillow = ((): boolean => {
  try {
    execFileSync(python, ['-c', 'import PIL, numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log('left out: reading back with Pillow, since it is not installed');
    return false;
  }
})();
const hasPngcheck = existsSync('/usr/bin/pngcheck');
if (!hasPngcheck) console.log('left out: pngcheck, since it is not installed');

test.skipIf(!hasPillow && !hasPngcheck)(
  'libpng, through pngcheck and Pillow, reads the same pixels and finds nothing to say',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chromask-png-')),
      names: string[] = [];
    try {
      let i = 0;
      for (const [name, input] of inputs()) {
        if (i++ % 7) continue;
        for (const level of levels) {
          const path = join(folder, `${names.length}.png`);
          writeFileSync(path, await encode(input, { level, text: { workflow: '{"name":"žluťoučký"}', note: name } }));
          writeFileSync(
            `${path}.raw`,
            Uint8Array.from(wanted(input), (v) => v >> 8),
          );
          names.push(path);
        }
      }
      if (hasPngcheck)
        expect(execFileSync('/usr/bin/pngcheck', ['-q', ...names], { encoding: 'utf8' })).not.toMatch(/ERROR|WARN|:/);
      if (hasPillow) {
        const script = `
import sys, numpy as np
from PIL import Image
for p in sys.argv[1:]:
    im = Image.open(p); im.load()
    assert im.text['workflow'] == '{"name":"\\u017elu\\u0165ou\\u010dk\\u00fd"}', im.text
    a = np.asarray(im.convert('RGBA') if im.mode[0] != 'I' else Image.merge('RGBA', [Image.fromarray((np.asarray(im).astype(np.uint32) >> 8).astype(np.uint8))] * 3 + [Image.new('L', im.size, 255)]))
    b = np.fromfile(p + '.raw', np.uint8).reshape(a.shape)
    assert (a == b).all(), (p, im.mode, a[a != b][:9], b[a != b][:9])
print('same')`;
        expect(execFileSync(python, ['-c', script, ...names], { encoding: 'utf8' }).trim()).toBe('same');
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

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
