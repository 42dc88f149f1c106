import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { decode, inspect, openRgba8, readText } from '../../src/png/index.js';
import type { Room } from '../../src/png/room.js';
import { guarded, roomOf } from './guard.js';
import { chunk, expected16, file, idat, iend, ihdr, pairs, random, type Spec, write } from './writer.js';

const suite = new URL('../../../shared/pngsuite/', import.meta.url);
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bigEndian = (data: Uint16Array): Buffer =>
  Buffer.from(Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))).swap16();

const rooms: Record<string, Room> = {};
beforeAll(async () => {
  for (const name of ['simd', 'scalar'] as const) rooms[name] = await roomOf(name);
});
const room = (name: string): Room => {
  const found = rooms[name];
  if (!found) throw new Error(`no kernels ${name}`);
  return found;
};

interface Expected {
  corrupt?: boolean;
  rgba16be?: string;
  rgba8?: string;
}

if (!existsSync(suite))
  console.log(
    'left out: PngSuite, since ../shared/pngsuite is not here; the pictures made below cover every colour type, depth, interlace and filter',
  );
describe.skipIf(!existsSync(suite))('PngSuite', () => {
  const all: Record<string, Expected> = existsSync(suite)
    ? JSON.parse(readFileSync(new URL('expected.json', suite), 'utf8')).files
    : {};
  test.each([
    'simd',
    'scalar',
  ] as const)('the 161 valid files decode as libpng decodes them at 8 and at 16 bits (%s)', async (kernels) => {
    let right = 0;
    for (const [name, want] of Object.entries(all)) {
      if (want.corrupt) continue;
      const bytes = new Uint8Array(readFileSync(new URL(name, suite)));
      const eight = await decode(bytes, { format: 'rgba8', room: room(kernels) }),
        sixteen = await decode(bytes, { format: 'rgba16', room: room(kernels) });
      expect([name, sha(eight.data), sha(bigEndian(sixteen.data))]).toEqual([name, want.rgba8, want.rgba16be]);
      right++;
    }
    expect(right).toBe(161);
  });
  test('the 14 corrupt files are refused with a typed error', async () => {
    const bad = Object.keys(all).filter((name) => all[name]?.corrupt);
    expect(bad.length).toBe(14);
    for (const name of bad) {
      await expect(decode(new Uint8Array(readFileSync(new URL(name, suite)))), name).rejects.toMatchObject({
        name: 'ChromaskError',
        code: 'png-corrupt',
      });
    }
  });
});

function specs(): Spec[] {
  const next = random(7),
    list: Spec[] = [];
  for (const [colorType, depth] of pairs) {
    for (const interlaced of [false, true]) {
      for (const filter of [0, 1, 2, 3, 4, 5]) {
        const width = 1 + Math.floor(next() * 41),
          height = 1 + Math.floor(next() * 23),
          entries = Math.min(200, 2 ** depth);
        const samples = Float64Array.from({ length: width * height * 4 }, next),
          most = colorType === 3 ? entries : 2 ** depth;
        const sample = (x: number, y: number, c: number): number =>
          Math.floor((samples[(y * width + x) * 4 + c] ?? 0) * most);
        const spec: Spec = {
          width,
          height,
          colorType,
          depth,
          interlaced,
          sample,
          filter: filter < 5 ? () => filter : (y) => (y * 7 + 4) % 5,
          piece: filter === 3 ? 5 : 1e9,
        };
        if (colorType === 3) spec.palette = Array.from({ length: entries }, (_, i) => [i, 255 - i, (i * 37) & 255]);
        list.push(spec);
        const key = (v: number): number[] => [v >> 8, v & 255];
        if (colorType === 3)
          list.push({
            ...spec,
            transparency: Array.from({ length: Math.ceil(entries / 2) }, (_, i) => (i * 91) & 255),
          });
        if (colorType === 0) list.push({ ...spec, transparency: key(sample(0, 0, 0)) });
        if (colorType === 2) list.push({ ...spec, transparency: [0, 1, 2].flatMap((c) => key(sample(0, 0, c))) });
      }
    }
  }
  return list;
}

describe.each(['simd', 'scalar'] as const)('pictures by an independent writer (%s)', (kernels) => {
  test('every colour type, depth, interlace, filter and tRNS decodes to what the specification says', async () => {
    for (const spec of specs()) {
      const bytes = write(spec),
        want = expected16(spec),
        name = JSON.stringify({ ...spec, palette: spec.palette?.length });
      const deep = await decode(bytes, { format: 'rgba16', room: room(kernels) });
      expect(Buffer.compare(bigEndian(deep.data), bigEndian(want)), `${name} at 16 bits`).toBe(0);
      const flat = await decode(bytes, { format: 'rgba8', room: room(kernels) });
      expect(
        Buffer.compare(
          flat.data,
          Uint8Array.from(want, (v) => v >> 8),
        ),
        `${name} at 8 bits`,
      ).toBe(0);
      const native = await decode(bytes, { room: room(kernels) }),
        alpha = spec.colorType > 3 || spec.transparency !== undefined;
      expect([native.channels, native.bitDepth], name).toEqual([
        (spec.colorType === 0 || spec.colorType === 4 ? 1 : 3) + (alpha ? 1 : 0),
        spec.depth === 16 ? 16 : 8,
      ]);
      const picked = native.channels < 3 ? [0, 3] : [0, 1, 2, 3];
      const stored = want.filter((_, i) => picked.slice(0, native.channels).includes(i % 4));
      expect(
        Buffer.compare(
          Buffer.from(native.data),
          Buffer.from(native.bitDepth === 8 ? stored.map((v) => v >> 8) : stored),
        ),
        `${name} native`,
      ).toBe(0);
      expect(native.source).toEqual({
        colorType: spec.colorType,
        bitDepth: spec.depth,
        interlaced: spec.interlaced,
        alpha,
        animated: false,
      });
      expect(inspect(bytes)).toMatchObject({
        width: spec.width,
        height: spec.height,
        hasAlpha: alpha,
        bitDepth: spec.depth,
      });
    }
  });

  test('long and tall pictures cross the bands that are decoded at a time', async () => {
    for (const [width, height, colorType, depth] of [
      [70000, 2, 6, 8],
      [3, 28000, 2, 8],
      [1, 140000, 0, 1],
      [9, 70000, 3, 2],
      [300, 300, 2, 16],
      [5, 140000, 0, 1],
    ] as const) {
      for (const interlaced of [false, true]) {
        const spec: Spec = {
          width,
          height,
          colorType,
          depth,
          interlaced,
          level: 1,
          filter: (y) => (y * 3) % 5,
          palette: [
            [1, 2, 3],
            [4, 5, 6],
            [7, 8, 9],
            [255, 0, 128],
          ],
          sample: (x, y, c) => (Math.imul(x * 31 + y * 17 + c, 2654435761) >>> 16) & (2 ** depth - 1),
        };
        if (colorType !== 3) delete spec.palette;
        if (interlaced && width > 100) continue;
        const { data } = await decode(write(spec), { format: 'rgba16', room: room(kernels) });
        expect(
          Buffer.compare(bigEndian(data), bigEndian(expected16(spec))),
          `${width} x ${height} ${colorType} ${depth} ${interlaced}`,
        ).toBe(0);
      }
    }
  });
});

test('decoding into kernel memory writes the same pixels as decode', async () => {
  const r = room('simd');
  for (const spec of specs().filter((_, i) => i % 5 === 0)) {
    const bytes = write(spec),
      opened = await openRgba8(bytes, { room: r }),
      at = r.arena.alloc(opened.width * opened.height * 4);
    await opened.draw(at);
    const got = r.arena.u8(at, opened.width * opened.height * 4).slice();
    opened.close();
    r.arena.free(at);
    expect(Buffer.compare(got, (await decode(bytes, { format: 'rgba8', room: r })).data)).toBe(0);
  }
});

test('nothing is held after decoding, whether it succeeded or not', async () => {
  const r = guarded(await roomOf('simd'));
  const [spec] = specs();
  if (!spec) throw new Error('no spec');
  const bytes = write(spec);
  await decode(bytes, { room: r });
  await expect(decode(bytes.subarray(0, bytes.length - 20), { room: r })).rejects.toThrow();
  await expect(decode(file(ihdr(1, 1, 8, 0), idat([9, 9]), iend), { room: r })).rejects.toThrow();
  await readText(bytes, { room: r });
  expect(r.arena.held).toBe(0);
});

test('text is read from all three kinds of chunk, and a broken one is left out with a warning', async () => {
  const z = (text: string): Buffer => deflateSync(Buffer.from(text));
  const bytes = file(
    ihdr(1, 1, 8, 0),
    chunk('tEXt', Buffer.from('Title\0caf\xe9 \x80', 'latin1')),
    chunk('zTXt', Buffer.concat([Buffer.from('workflow\0\0'), z('{"a":1}')])),
    chunk('iTXt', Buffer.concat([Buffer.from('Name\0\x01\0de\0'), Buffer.from('Näme\0'), z('žluťoučký 😀')])),
    chunk('iTXt', Buffer.from('plain\0\0\0\0\0hello')),
    chunk('zTXt', Buffer.from('bad\0\0nonsense')),
    chunk('tEXt', Buffer.from('\0no keyword')),
    idat([0, 7]),
    iend,
  );
  const want = [
    { keyword: 'Title', text: 'café \x80' },
    { keyword: 'workflow', text: '{"a":1}' },
    { keyword: 'Name', text: 'žluťoučký 😀', language: 'de', translated: 'Näme' },
    { keyword: 'plain', text: 'hello', language: '', translated: '' },
  ];
  const picture = await decode(bytes);
  expect(picture.text).toEqual(want);
  expect(picture.warnings).toHaveLength(2);
  expect(await readText(bytes)).toEqual(want);
});

test('an aborted signal stops decoding with its own reason', async () => {
  const [spec] = specs();
  if (!spec) throw new Error('no spec');
  await expect(decode(write(spec), { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  const { data } = { data: new Uint8Array(4000 * 4001) };
  const big = file(ihdr(4000, 4000, 8, 0), idat(data.subarray(0, 4000 * 4001), 1), iend),
    stop = new AbortController();
  const running = decode(big, { format: 'rgba16', signal: stop.signal });
  setTimeout(() => stop.abort());
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
});
