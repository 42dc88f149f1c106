// The exact files that pictures are written as. Any other file, even one with the same pixels, is a change to be
// noticed. RECORD=1 writes the list again.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decode, encode } from '../../src/png/index.js';
import { roomOf } from './guard.js';
import { random } from './writer.js';

const list = new URL('../vectors/png-files.json', import.meta.url);

type Make = (x: number, y: number, c: number, next: () => number) => number;
const contents: Record<string, Make> = {
  flat: (_x, _y, c) => 60 * c,
  disc: (x, y) => ((x - 20) ** 2 + (y - 15) ** 2 < 200 ? 255 : 0),
  gradient: (x, y, c) => (x * 5 + y * 3 + c * 40) & 255,
  tiles: (x, y, c) => ((x >> 3) * 50 + (y >> 3) * 30 + c * 7) & 240,
  weave: (x, y, c) => (x * x + y * (c + 3)) % 23,
  photograph: (x, y, c, next) => Math.floor(128 + 90 * Math.sign(((x >> 4) ^ (y >> 3)) & 1) - 60 + c + 9 * next()),
  noise: (_x, _y, _c, next) => Math.floor(next() * 256),
  'noise in 64 values': (_x, _y, _c, next) => Math.floor(next() * 64),
  'rare noise': (_x, _y, _c, next) => (next() < 0.97 ? 7 : Math.floor(next() * 256)),
  'two values': (_x, _y, _c, next) => (next() < 0.5 ? 0 : 255),
};
const sizes = [
  [1, 1],
  [7, 5],
  [61, 47],
  [300, 9],
  [3, 1000],
  [257, 190],
] as const;

test('pictures are written as the files that were recorded, by both builds', async () => {
  const made: Record<string, string> = {};
  for (const build of ['simd', 'scalar'] as const) {
    const room = await roomOf(build);
    for (const [name, make] of Object.entries(contents)) {
      for (const level of ['fast', 'small'] as const) {
        const hash = createHash('sha256');
        const next = random(7);
        for (const [width, height] of sizes) {
          for (const channels of [1, 3, 4] as const) {
            if (channels === 4 && height > 100) continue;
            const samples = Uint8Array.from({ length: width * height * channels }, (_, i) =>
              make(Math.floor(i / channels) % width, Math.floor(i / channels / width), i % channels, next),
            );
            const file = await encode({ width, height, channels, data: samples }, { level, room });
            hash.update(file);
            // zlib never refers to a stream's first byte, we do: both readers must know how
            const { data } = await decode(file, { room });
            expect(Buffer.compare(data as Uint8Array, samples), `${name} ${width} x ${height}, ${build}`).toBe(0);
          }
        }
        const key = `${name}, ${level}`;
        const digest = hash.digest('hex');
        if (build === 'scalar') expect(digest, `${key}, without vectors`).toBe(made[key]);
        made[key] = digest;
      }
    }
  }
  record(made);
});

// where a file has few bytes, every bit of every choice shows: which code is shorter, which match is worth its code
test('two thousand small pictures are written as they were recorded, by both builds', async () => {
  const made: Record<string, string> = {};
  for (const build of ['simd', 'scalar'] as const) {
    const room = await roomOf(build);
    for (const level of ['fast', 'small'] as const) {
      const hash = createHash('sha256');
      const next = random(11);
      const below = (n: number): number => Math.floor(next() * n);
      for (let i = 0; i < 2000; i++) {
        const [width, height] = [1 + below(40), 1 + below(12)];
        const channels = ([1, 3, 4] as const)[below(3)];
        const [values, step, often] = [1 + below(i % 7 ? 12 : 256), 1 + below(20), next()];
        let last = 0;
        const samples = Uint8Array.from({ length: width * height * channels }, () => {
          if (next() < often) last = (below(values) * step) & 255;
          return last;
        });
        const file = await encode({ width, height, channels, data: samples }, { level, room });
        hash.update(file);
        if (i % 10) continue;
        const { data } = await decode(file, { room });
        expect(Buffer.compare(data as Uint8Array, samples), `${i}, ${build}`).toBe(0);
      }
      const digest = hash.digest('hex');
      if (build === 'scalar') expect(digest, `${level}, without vectors`).toBe(made[`small pictures, ${level}`]);
      made[`small pictures, ${level}`] = digest;
    }
  }
  record(made);
});

/** What is made is what was recorded, or is recorded now. */
function record(made: Record<string, string>): void {
  const known = JSON.parse(readFileSync(list, 'utf8'));
  if (process.env.RECORD) writeFileSync(list, `${JSON.stringify({ ...known, ...made }, null, 2)}\n`);
  else expect(known).toMatchObject(made);
}
