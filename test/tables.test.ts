import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import * as tables from '../src/ops/tables.js';
import recorded from './vectors/levels.json' with { type: 'json' };

const sha256 = (parts: Iterable<Uint8Array>): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

it('levels of all 65,536 pairs of black and white are those of numpy', () => {
  function* pairs() {
    for (let black = 0; black < 256; black++) {
      for (let white = 0; white < 256; white++) yield tables.levels({ black, white, gray: 1 });
    }
  }
  expect(sha256(pairs())).toBe(recorded.pairs);
});

it('levels of all 999 gammas are those of numpy', () => {
  function* gammas() {
    for (let hundredths = 1; hundredths < 1000; hundredths++) {
      for (const [black, white] of recorded.some) yield tables.levels({ black, white, gray: hundredths / 100 });
    }
  }
  expect(sha256(gammas())).toBe(recorded.gammas);
});

it('equal points give mid-gray everywhere', () => {
  expect(new Set(tables.levels({ black: 9, white: 9, gray: 2 }))).toEqual(new Set([128]));
});

it('normalize stretches between the outermost bins that hold more than 0.05 % of the pixels', () => {
  const counts = new Uint32Array(256);
  counts[10] = 5; // exactly 0.05 % of 10,000 is not more
  counts[20] = 4995;
  counts[120] = 5000;
  const table = tables.normalize(counts);
  expect([table[10], table[20], table[70], table[120], table[255]]).toEqual([0, 0, 127, 255, 255]);
});

it('normalize holds a bin of one pixel among 1,999, and none among 2,000', () => {
  const lows = [1998, 1999].map((rest) => {
    const counts = new Uint32Array(256);
    counts[10] = 1;
    counts[20] = rest - 999;
    counts[120] = 999;
    return tables.normalize(counts)[20];
  });
  expect(lows).toEqual([Math.floor((255 * 10) / 110), 0]);
});

it('normalize of a flat picture is black, as 0 / 0 is in the original', () => {
  const counts = new Uint32Array(256);
  counts[77] = 100;
  expect(new Set(tables.normalize(counts))).toEqual(new Set([0]));
});

it('a chain of tables is one table', () => {
  const both = tables.compose(tables.invert(), tables.threshold({ value: 0.5 }));
  expect([both[0], both[127], both[128], both[255]]).toEqual([255, 255, 0, 0]);
});

it('threshold compares float32 with float32', () => {
  const at = tables.threshold({ value: 51 / 255 });
  expect([at[50], at[51], at[52]]).toEqual([0, 0, 255]);
});

it('a table has 256 entries, that of a single value too', () => {
  expect(Array.from(tables.normalize(new Uint32Array(256).fill(9, 7, 8)))).toEqual(new Array(256).fill(0));
});
