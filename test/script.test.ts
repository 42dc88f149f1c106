// The kernels as plain JavaScript, without WebAssembly, give the same bytes.
import { readFileSync } from 'node:fs';
import { channelNames, MaskBatch, open } from 'chromask';
import { runNode } from 'chromask/comfy';
import { decode, encode } from 'chromask/png';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
// @ts-expect-error a script without types
import { every } from '../scripts/trust/every.mjs';
import { ops } from '../src/ops/index.js';
import { dice } from './comfy/random.js';
import { className, readCases } from './golden/read.js';
import { apart, tabled } from './gpu/page/tabled.js';
import { noise } from './noise.js';

// all kernels at once: what it loads at first use it could not compile any more
const fast = await open({ device: 'wasm', wasm: readFileSync('dist/chromask.wasm') });
vi.stubGlobal('WebAssembly', undefined);
const slow = await open();
afterAll(() => vi.unstubAllGlobals());

const pixels = (count: number): Uint8Array => {
  let seed = 1;
  return Uint8Array.from({ length: count }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed >>> 24;
  });
};

describe('without WebAssembly', () => {
  it('the device says so', () => {
    expect(slow.name).toBe('wasm');
    expect(slow.why.at(-1)).toBe('wasm: there is no WebAssembly here; its kernels run as plain JavaScript');
  });

  it('kernels of the caller do not help, and do not hinder', async () => {
    const device = await open({ device: 'wasm', wasm: new Uint8Array(8) });
    expect(device.why).toHaveLength(1);
  });

  it('recorded calls are repeated bit for bit', async () => {
    const cases = readCases().filter(({ node }) => /ImageToMask|ColorMap/.test(node));
    expect(cases.length).toBeGreaterThan(50);
    for (const one of cases) {
      const [output] = await runNode(slow, className(one.node), { ...one.params, ...one.inputs });
      const expected = one.outputs.masks ?? one.outputs.mask;
      expect(await (output as MaskBatch).data(), one.id).toEqual(expected.data);
    }
  });

  it('gathers and joins at odd sizes give what WASM gives', async () => {
    const [width, height] = [37, 23];
    const results = [];
    for (const device of [fast, slow]) {
      const image = device.image(pixels(width * height * 3), [height, width, 3]);
      const [l, h] = [image.channel('L(LAB)'), image.channel('H(HSV)')];
      const floats = h.as('float32');
      const masks: MaskBatch[] = [
        l.grow({ expand: 5 }),
        floats.grow({ expand: -3, shape: 'square' }),
        l.paste(h.crop({ x: 3, y: 2, width: 11, height: 7 }), { x: 5, y: 6 }),
        floats.interpolate({ width: 51, height: 13 }),
        l.resize({ width: 51, height: 13, filter: 'lanczos' }),
        l.blur({ radius: 3 }),
        l.opening({ radius: 2 }),
        floats.fadeEdges({ left: 5, top: 3, right: 7, bottom: 2 }),
        MaskBatch.cat([l, h]).stackVertically(),
        l.multiply(h).add(l).subtract(h).xor(l),
        floats.multiply(l.as('float32')).threshold({ value: 0.3 }),
        image.selectColor({ color: 0x102030 }),
        l.normalize().levels({ black: 20, white: 230, gray: 1.3 }),
      ];
      results.push(await Promise.all(masks.map((mask) => mask.data())));
    }
    expect(results[1]).toEqual(results[0]);
  });

  it('every operation gives what WASM gives at widths that end between two steps', async () => {
    for (const width of [1, 2, 3, 5, 6, 17, 64, 66]) {
      const made = [];
      for (const device of [fast, slow]) {
        const below = dice(width);
        const r = { below, pick: <T>(list: readonly T[]): T => list[below(list.length)] };
        const image = device.image(pixels(2 * 3 * width * 4), [2, 3, width, 4]);
        made.push(await every({ ops, channelNames, MaskBatch }, device, image, r));
      }
      for (const [i, [name, batch]] of made[0].entries())
        expect(await made[1][i][1].bytes(), `${name}, ${width}`).toEqual(await batch.bytes());
    }
  });

  it('every channel of pictures of one, three and four channels', async () => {
    for (const channels of [1, 3, 4])
      for (const data of [pixels(7 * 9 * channels), Float32Array.from(pixels(7 * 9 * channels), (v) => v / 200 - 0.1)])
        for (const name of channelNames) {
          const [wanted, got] = [fast, slow].map((device) => device.image(data, [7, 9, channels]).channel(name).data());
          expect(await got, `${name} of ${channels} channels, ${data.constructor.name}`).toEqual(await wanted);
        }
  });

  it('colour maps of short runs are what WASM makes of them', async () => {
    for (let seed = 1; seed < 200; seed++) {
      const width = 1 + (seed % 70);
      const row = Uint8Array.from(noise(width, seed), (v) => v % 3).map(
        (v, i, all) => all[i - (i % (1 + (seed % 9)))] ?? v,
      );
      const data = Uint8Array.from({ length: width * 4 }, (_, i) => row[i >> 2]);
      const maps = await Promise.all(
        [fast, slow].map((device) => device.image(data, [1, width, 4]).colorMap({ minPixels: 1, maxCount: 3 })),
      );
      expect(await maps[1].masks.bytes(), `${width}, ${seed}`).toEqual(await maps[0].masks.bytes());
      expect(maps[1].counts).toEqual(maps[0].counts);
    }
  });

  it('chains drawn from the table of operations give what WASM gives', async () => {
    for (let seed = 1001; seed <= 1060; seed++) {
      const [a, b] = [await tabled(fast, ops, seed), await tabled(slow, ops, seed)];
      expect(apart(a, b)).toBeUndefined();
    }
  });

  it('memory grows while masks are in it', async () => {
    const side = 1500;
    const data = pixels(side * side * 4);
    const image = slow.image(data, [side, side, 4]);
    const red = image.channel('red');
    const first = await red.bytes();
    const later = slow.image(data, [side, side, 4]).channel('green');
    expect((await later.bytes())[12345]).toBe(data[12345 * 4 + 1]);
    expect(Buffer.compare(await red.bytes(), first)).toBe(0);
  });
});

describe('PNG files without WebAssembly', () => {
  const data = pixels(61 * 47 * 4);
  let file: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    file = await encode({ width: 61, height: 47, channels: 4, bitDepth: 8, data }, { level: 'small' });
  });

  it('are written and read by themselves', async () => {
    expect((await decode(file)).data).toEqual(data);
    for (const level of ['fast', 'smallest'] as const) {
      const other = await encode({ width: 61, height: 47, channels: 4, bitDepth: 8, data }, { level });
      expect((await decode(other)).data).toEqual(data);
    }
  });

  it('are read into a device', async () => {
    const { rgba, mask } = await slow.load(file);
    expect(await rgba.bytes()).toEqual(data);
    expect((await mask.data())[5]).toBe(Math.fround(1 - Math.fround(data[23] / 255)));
  });

  it('are the same files that WASM writes', async () => {
    const picture = { width: 61, height: 47, channels: 4, bitDepth: 8, data } as const;
    for (const level of ['fast', 'small', 'smallest'] as const) {
      const room = await fastRoom();
      expect(await encode(picture, { level, room })).toEqual(await encode(picture, { level }));
    }
  });
});

async function fastRoom() {
  vi.unstubAllGlobals();
  const { makeRoom } = await import('../src/png/room.js');
  const room = await makeRoom();
  vi.stubGlobal('WebAssembly', undefined);
  return room;
}
