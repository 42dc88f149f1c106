import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import UPNG from 'upng-js';
import { expect, test, vi } from 'vitest';
import { decode, encode, encodeApng } from '../../src/png/index.js';
import { chunk, file, iend, ihdr, random, raw } from './writer.js';

const stream = (width: number, height: number, pixel: (x: number, y: number) => number[]): Buffer =>
  deflateSync(
    Uint8Array.from(raw({ width, height, colorType: 6, depth: 8, sample: (x, y, c) => pixel(x, y)[c] ?? 0 })),
  );

/** sequence, width, height, x, y, delay numerator and denominator, dispose, blend */
const fctl = (
  s: number,
  w: number,
  h: number,
  x: number,
  y: number,
  num: number,
  den: number,
  dispose: number,
  blend: number,
): Buffer => {
  const b = Buffer.alloc(26);
  [s, w, h, x, y].forEach((v, i) => b.writeUInt32BE(v, i * 4));
  b.writeUInt16BE(num, 20);
  b.writeUInt16BE(den, 22);
  b.set([dispose, blend], 24);
  return chunk('fcTL', b);
};
const fdat = (s: number, data: Buffer): Buffer => chunk('fdAT', Buffer.concat([Buffer.from([0, 0, 0, s]), data]));
const actl = (n: number, plays: number): Buffer => chunk('acTL', [0, 0, 0, n, 0, 0, 0, plays]);

const R = [255, 0, 0, 255],
  G = [0, 255, 0, 255],
  Z = [0, 0, 0, 0],
  H = [0, 0, 255, 128];

test('frames are laid on the canvas by their blend and disposal, one pixel at a time', async () => {
  const bytes = file(
    ihdr(2, 1, 8, 6),
    actl(5, 3),
    fctl(0, 2, 1, 0, 0, 1, 10, 0, 0),
    chunk(
      'IDAT',
      stream(2, 1, () => R),
    ), // red red, kept
    fctl(1, 1, 1, 1, 0, 1, 0, 2, 0),
    fdat(
      2,
      stream(1, 1, () => G),
    ), // green on the right, then taken back
    fctl(3, 1, 1, 0, 0, 1, 1000, 1, 1),
    fdat(
      4,
      stream(1, 1, () => H),
    ), // half blue over red, then cleared
    fctl(5, 1, 1, 1, 0, 0, 1, 0, 1),
    fdat(
      6,
      stream(1, 1, () => Z),
    ), // nothing over red
    fctl(7, 1, 1, 1, 0, 2, 1, 0, 0),
    fdat(
      8,
      stream(1, 1, () => Z),
    ), // nothing, as it is
    iend,
  );
  const { frames, plays, data, source } = await decode(bytes);
  expect(frames.map((frame) => [...frame.data])).toEqual([
    [...R, ...R],
    [...R, ...G],
    [127, 0, 128, 255, ...R],
    [...Z, ...R],
    [...Z, ...Z],
  ]);
  expect(frames.map((frame) => frame.delay)).toEqual([100, 10, 1, 0, 2000]);
  expect([plays, source.animated, [...data]]).toEqual([3, true, [...R, ...R]]);
  expect((await decode(bytes, { frames: false })).frames).toEqual([]);
});

test('a default image outside the animation is data, not a frame', async () => {
  const bytes = file(
    ihdr(1, 1, 8, 6),
    actl(1, 0),
    chunk(
      'IDAT',
      stream(1, 1, () => R),
    ),
    fctl(0, 1, 1, 0, 0, 1, 1, 0, 0),
    fdat(
      1,
      stream(1, 1, () => G),
    ),
    iend,
  );
  const { data, frames } = await decode(bytes);
  expect([[...data], frames.map((frame) => [...frame.data])]).toEqual([R, [G]]);
});

test('a broken frame leaves the still picture, and refuses the file to a strict reader', async () => {
  const tail = stream(1, 1, () => G).subarray(0, 9);
  const bytes = file(
    ihdr(1, 1, 8, 6),
    actl(2, 0),
    fctl(0, 1, 1, 0, 0, 1, 1, 0, 0),
    chunk(
      'IDAT',
      stream(1, 1, () => R),
    ),
    fctl(1, 1, 1, 0, 0, 1, 1, 0, 0),
    fdat(2, tail),
    iend,
  );
  await expect(decode(bytes, { strict: true })).rejects.toMatchObject({ code: 'png-corrupt' });
  const { data, frames, plays, source, warnings } = await decode(bytes);
  expect([[...data], frames, plays, source.animated]).toEqual([R, [], 0, false]);
  expect(warnings).toEqual([expect.stringContaining('image data')]);
});

test('a first frame that blends over nothing keeps its colour under alpha 0', async () => {
  const clear = [10, 20, 30, 0];
  const bytes = file(
    ihdr(1, 1, 8, 6),
    actl(1, 0),
    fctl(0, 1, 1, 0, 0, 1, 1, 0, 1),
    chunk(
      'IDAT',
      stream(1, 1, () => clear),
    ),
    iend,
  );
  const { data, frames } = await decode(bytes);
  expect([[...data], frames.map((frame) => [...frame.data])]).toEqual([clear, [clear]]);
});

const next = random(5);
const movies: [string, number, number, (x: number, y: number, c: number, i: number) => number][] = [
  ['noise, which upng-js cuts short', 20, 20, () => Math.floor(next() * 256)],
  ['one pixel', 1, 1, (_x, _y, c, i) => (c === 3 ? 255 : i * 40)],
  [
    'a moving square',
    40,
    30,
    (x, y, c, i) => (c === 3 ? 255 : x > i * 5 && x < i * 5 + 8 && y > 5 && y < 15 ? 255 : 20),
  ],
  ['colour under alpha 0', 16, 16, (x, y, c, i) => (c === 3 ? (x + i) % 5 : x * y)],
  ['frames all the same', 9, 9, (x) => x],
];
test.each(movies)('an animation of %s comes back frame by frame at both levels', async (_name, width, height, make) => {
  const frames = Array.from({ length: 4 }, (_, i) => ({
    delay: 40 + i,
    data: Uint8Array.from({ length: width * height * 4 }, (_v, k) =>
      make((k >> 2) % width, Math.floor((k >> 2) / width), k & 3, i),
    ),
  }));
  for (const level of ['fast', 'small'] as const) {
    for (const plays of [0, 2]) {
      const bytes = await encodeApng({ width, height, frames }, { level, plays });
      const got = await decode(bytes, { format: 'rgba8' });
      expect(got.plays).toBe(plays);
      expect(got.frames.map((frame) => [Math.round(frame.delay), ...frame.data])).toEqual(
        frames.map((frame) => [frame.delay, ...frame.data]),
      );
    }
  }
});

test('upng-js reads the frames that encodeApng writes', async () => {
  const frames = [0, 90, 200].map((v) => ({
    delay: 50,
    data: new Uint8Array(8 * 8 * 4).map((_, i) => ((i & 3) === 3 ? 255 : (v + i) & 255)),
  }));
  const bytes = await encodeApng({ width: 8, height: 8, frames }, { level: 'fast' });
  const shown = UPNG.toRGBA8(UPNG.decode(bytes.buffer));
  expect(shown.map((buffer) => [...new Uint8Array(buffer)])).toEqual(frames.map((frame) => [...frame.data]));
});

test('a file that upng-js writes wrong is never handed out', async () => {
  const data = Uint8Array.from({ length: 64 * 64 * 4 }, (_, i) => ((i & 3) === 3 ? 255 : ((i >> 2) % 3) * 90));
  const wrong = vi.spyOn(UPNG, 'encode').mockImplementation(() => new ArrayBuffer(40));
  try {
    const file = await encode({ width: 64, height: 64, channels: 4, data }, { level: 'smallest' });
    expect(wrong).toHaveBeenCalled();
    expect((await decode(file, { format: 'rgba8' })).data).toEqual(data);
  } finally {
    wrong.mockRestore();
  }
});

const python = '/usr/bin/python3';
test('Pillow counts the frames and sees the first and the last', async () => {
  try {
    execFileSync(python, ['-c', 'import PIL'], { stdio: 'ignore' });
  } catch {
    console.log('left out: frames read by Pillow, since it is not installed');
    return;
  }
  const frames = [10, 20, 30].map((v) => ({
    delay: 100,
    data: new Uint8Array(5 * 4 * 4).fill(v).map((b, i) => ((i & 3) === 3 ? 255 : b)),
  }));
  const folder = mkdtempSync(join(tmpdir(), 'chromask-apng-'));
  try {
    for (const level of ['fast', 'small'] as const) {
      const path = join(folder, `${level}.png`);
      writeFileSync(path, await encodeApng({ width: 5, height: 4, frames }, { level }));
      const script = `from PIL import Image
im = Image.open(${JSON.stringify(path)})
out = [im.n_frames]
for i in (0, 2):
    im.seek(i); out.append(im.convert('RGBA').getpixel((3, 2))[0])
print(out)`;
      expect(execFileSync(python, ['-c', script], { encoding: 'utf8' }).trim()).toBe('[3, 10, 30]');
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
