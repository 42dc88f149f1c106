// The engine's assumption about kernels: given whole steps, a kernel writes exactly those pixels. Pictures are
// adjacent in memory, and a mask may be written over its own source.
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { open, type WasmSource } from 'chromask/wasm';
import { describe, expect, it } from 'vitest';
import { PAD } from '../src/wasm/memory.js';
import { STEP } from '../src/wasm/track.js';
import { Bench, forms } from './sabotage/spills.js';

const memory = new WebAssembly.Memory({ initial: 64 });
const { instance } = await WebAssembly.instantiate(readFileSync('dist/chromask.wasm'), { env: { memory } });
const kernels = instance.exports as Record<string, (...numbers: number[]) => number>;
const GUARD = 0xa5;
const bench = new Bench(kernels, memory, kernels.base() + (1 << 19));
const { block, src, other, dst } = bench;

describe.each([STEP, 3 * STEP, 8192])('for %i pixels', (n) => {
  it.each(forms(kernels).map((form) => [form.kernel, form] as const))('%s', (_, form) => {
    expect(bench.spills(form, n)).toEqual([]);
  });

  it('table', () => expect(bench.spilled(n, () => kernels.table(dst, src, n, block))).toBe(0));
  it('unit', () => expect(bench.spilled(n * 4, () => kernels.unit(dst, src, n))).toBe(0));
});

// the operand is the last block of the memory: what a kernel reads beyond it must be padding, or it traps
describe.each([1, 17, STEP - 1, STEP, STEP + 1, 3 * STEP + 5, 8192])('counting %i pixels at the end of memory', (n) => {
  const [table, flags, masks] = [block, other, dst - 4096];
  const place = memory.buffer.byteLength - PAD - n * 4;
  const begin = (): void => {
    const bytes = new Uint8Array(memory.buffer);
    bytes.fill(0, block, memory.buffer.byteLength);
    for (let i = 0; i < n; i++) bytes[place + i * 4] = i & 3;
    kernels.bucket(table, 13, place, n);
  };

  it('count', () => {
    begin();
    new Uint8Array(memory.buffer).fill(0, table, table + 65536);
    expect(kernels.count(table, 8, place, n)).toBe(1);
    expect(new Uint32Array(memory.buffer, table, 1)[0]).toBe(Math.min(n, 4));
  });
  it('sieve', () => {
    begin();
    new Uint8Array(memory.buffer).fill(1, flags, flags + 8192);
    const found = dst;
    expect(kernels.sieve(found, 8, flags, table, 13, 1, place, n)).toBe(1);
    expect(new Uint32Array(memory.buffer, found, 1)[0]).toBe(Math.min(n, 4));
  });
  it('matchAll', () => {
    begin();
    new Uint32Array(memory.buffer, masks, 1)[0] = dst;
    new Uint32Array(memory.buffer, masks + 64, 1)[0] = 0; // the colour of every fourth pixel
    // without pixels it fills its table
    for (const pixels of [0, n]) kernels.matchAll(block, masks, masks + 64, 1, 4, 1, place, pixels, 0);
    const made = new Uint8Array(memory.buffer, dst, n + 1);
    expect(made).toEqual(Uint8Array.from({ length: n + 1 }, (_, i) => (i < n && i % 4 === 0 ? 255 : 0)));
  });
});

it('a colour that counts is found at each place among sixteen that do not', () => {
  const [table, flags, buckets] = [dst, other, block];
  const mixer = 0x9e3779b1;
  const hash = (key: number): number => Math.imul(key, mixer) >>> 0;
  kernels.stir(mixer);
  for (let at = 0; at < 16; at++) {
    new Uint8Array(memory.buffer).fill(0, block, memory.buffer.byteLength);
    const keys = Uint32Array.from({ length: 16 }, (_, i) => 0x010203 * (i + 1));
    new Uint32Array(memory.buffer, src, 16).set(keys);
    const key = keys[at];
    new Uint8Array(memory.buffer)[flags + (hash(key) >>> 19)] = 1;
    new Uint32Array(memory.buffer, buckets, 8192)[hash(key) >>> 19] = 5;
    expect(kernels.sieve(table, 6, flags, buckets, 13, 5, src, 16)).toBe(1);
    const [colors, , , , ...entries] = new Uint32Array(memory.buffer, table, 4 + 2 * 64);
    expect([colors, entries[entries.indexOf(key) + 1]], `at ${at}`).toEqual([1, 1]);
  }
});

it('the flags of all full buckets are set, those of the first and the last too', () => {
  const [flags, buckets, bits] = [dst, src, 14];
  const bytes = new Uint8Array(memory.buffer);
  bytes.fill(0, flags, flags + 8192);
  const counts = new Uint32Array(memory.buffer, buckets, 2 ** bits).fill(4);
  for (const i of [0, 2, 9000, 2 ** bits - 1]) counts[i] = 5 + i;
  expect(kernels.full(flags, buckets, bits, 5)).toBe(4);
  const set = Array.from(bytes.subarray(flags, flags + 8192).entries()).filter(([, flag]) => flag);
  expect(set.map(([at]) => at)).toEqual([0, 1, 4500, 8191]);
});

it('a kernel says how much room it needs for a line of 2^30 pixels', () => expect(bench.rooms()).toEqual([]));

it.each(['grow', 'growFloat'])('%s stays within the room that it asks for, and asks for hardly more', (name) => {
  const scratch = dst + (1 << 19);
  const size = name === 'grow' ? 1 : 4;
  for (const [width, height] of [
    [1, 1],
    [3, 70],
    [64, 40],
    [300, 20],
  ]) {
    for (const expand of [1, -2, 7, 30, 100]) {
      for (const shape of [0, 1, 2]) {
        const bytes = new Uint8Array(memory.buffer);
        bytes.fill(1, src, src + width * height * size);
        const frame = [0, width, height, size, src, 1, width, height, ...Array(10).fill(0), expand, shape];
        const header = new Int32Array(memory.buffer, block, frame.length);
        header.set(frame);
        const room = kernels[`${name}Room`](block);
        bytes.fill(GUARD, scratch, bytes.length);
        do header[12] = kernels[name](dst, block, scratch);
        while (header[12]);
        const spilled = bytes.subarray(scratch + room).findIndex((v) => v !== GUARD);
        const what = `${width} x ${height} by ${expand}, shape ${shape}`;
        expect(spilled, what).toBe(-1);
        const used = bytes.subarray(scratch).findLastIndex((v) => v !== GUARD) + 1;
        if (width > 100 && expand < 100) expect(room, what).toBeLessThan(1.3 * used + 1000);
      }
    }
  }
});

it.each([1, 2, 7, 64, 300])('the table of %i colours lies in the room that it asks for', (k) => {
  const bytes = new Uint8Array(memory.buffer);
  const colors = new Uint32Array(memory.buffer, other, k);
  for (let i = 0; i < k; i++) colors[i] = Math.imul(i + 1, 0x85ebca6b) >>> 8;
  const room = kernels.matchAllRoom(k);
  // zeros: a place that is not zero counts as taken
  bytes.fill(0, block, other);
  kernels.matchAll(block, dst, other, k, 4, 1, src, 0, 0);
  expect(bytes.subarray(block + room, other).findIndex((v) => v !== 0)).toBe(-1);
});

describe('the kernels as a file', () => {
  const file = resolve('dist/chromask.wasm');
  const bits = async (wasm: WasmSource): Promise<number[]> => {
    const device = await open({ wasm });
    const bytes = await device.mask(Uint8Array.of(1, 254), [1, 2]).invert().bytes();
    device.close();
    return [...bytes];
  };

  it('come from a path, a file URL or its text', async () => {
    const given = [file, relative('.', file), pathToFileURL(file), pathToFileURL(file).href];
    for (const wasm of given) expect(await bits(wasm)).toEqual([254, 1]);
  });

  it('that are not there are missing, by the name that was given', async () => {
    for (const wasm of ['/nowhere/chromask.wasm', new URL('file:///nowhere/chromask.wasm')]) {
      const message = expect.stringMatching(
        /^open: wasm "(file:\/\/)?\/nowhere\/chromask.wasm" cannot be read: ENOENT/,
      );
      await expect(bits(wasm)).rejects.toMatchObject({ name: 'ChromaskError', code: 'missing', message });
    }
  });
});
