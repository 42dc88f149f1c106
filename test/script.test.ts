// The kernels as plain JavaScript, where there is no WebAssembly: the same bytes as everywhere.
import { MaskBatch, open } from 'chromask';
import { runNode } from 'chromask/comfy';
import { decode, encode } from 'chromask/png';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { className, readCases } from './golden/read.js';

const fast = await open({ device: 'wasm' });
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
        floats.grow({ expand: -3, tapered: false }),
        l.place(h.crop({ x: 3, y: 2, width: 11, height: 7 }), { x: 5, y: 6 }),
        floats.resize({ width: 51, height: 13 }),
        floats.feather({ left: 5, top: 3, right: 7, bottom: 2 }),
        MaskBatch.cat([l, h]).column(),
        l.multiply(h).add(l).subtract(h).xor(l),
        floats.multiply(l.as('float32')).threshold({ value: 0.3 }),
        image.colorMask({ color: 0x102030 }),
        l.normalize().levels({ black: 20, white: 230, gray: 1.3 }),
      ];
      results.push(await Promise.all(masks.map((mask) => mask.data())));
    }
    expect(results[1]).toEqual(results[0]);
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
