// Every operation of the table has its kernel; shapes, laziness, and the names of channels. ops.test.ts tests their
// results.
import { readFileSync } from 'node:fs';
import { channelNames, MaskBatch, open } from 'chromask';
import { describe, expect, it } from 'vitest';
import { ops, type Row } from '../src/ops/index.js';
import { textOf } from './texts.js';

const device = await open({ device: 'wasm' });
const rows = Object.entries<Row>(ops);

describe('the names of channels', () => {
  const image = device.image(Uint8Array.of(9, 200, 77), [1, 1, 1, 3]);

  it('are offered once each', async () => {
    const made = await Promise.all(channelNames.map((name) => image.channel(name).recipe().steps[0].params?.name));
    expect(made).toEqual(channelNames);
    expect(channelNames).toHaveLength(17);
    expect(channelNames.every((name) => name.includes('(') === name.endsWith(')'))).toBe(true);
    expect(() => image.channel('S' as never)).toThrow(`one of ${channelNames.join(', ')}, got "S"`);
    const [step] = image.channel('red').recipe().steps;
    const recipe = { ...image.channel('red').recipe(), steps: [{ ...step, params: { name: 'S' } }] };
    await expect(device.run(recipe, { image })).rejects.toThrow(`one of ${channelNames.join(', ')}, got "S"`);
  });
});

it('Lab of floats is made by a device that has made no other', async () => {
  const known = { 'L(LAB)': [255, 0], 'A(Lab)': [128, 128], 'B(Lab)': [128, 128] } as const; // of white and black
  for (const [name, expected] of Object.entries(known)) {
    const fresh = await open({ device: 'wasm' });
    const image = fresh.image(Float32Array.of(1, 1, 1, 0, 0, 0), [1, 1, 2, 3]);
    expect([...(await image.channel(name as keyof typeof known).bytes())]).toEqual(expected);
  }
});

describe('every operation has its kernel', () => {
  for (const [name, row] of rows) {
    const table = row.kind === 'table' && !row.floats;
    if (table || row.composed) continue;
    it(name, () => {
      const kernel = readFileSync(textOf('assembly', `${name}.ts`), 'utf8');
      expect(kernel).toContain(`export function ${name}(`);
      if (row.of === 'both') expect(kernel).toContain(`export function ${name}Float(`);
    });
  }
});

describe('what two masks join to', () => {
  it('bytes and floats join as floats', async () => {
    const bytes = device.mask(Uint8Array.from([51]), [1, 1]);
    const sum = bytes.add(device.mask(Float32Array.from([0.5]), [1, 1]));
    expect([sum.dtype, (await sum.data())[0]]).toEqual(['float32', Math.fround(Math.fround(0.2) + 0.5)]);
  });
});

describe('shapes', () => {
  const six = device.mask(Uint8Array.from([0, 51, 102, 153, 204, 255]), [3, 1, 2]);

  it('at and slice pick pictures, from the end too', async () => {
    expect([...(await six.at(-1).bytes())]).toEqual([204, 255]);
    expect([...(await six.slice(1).bytes())]).toEqual([102, 153, 204, 255]);
    expect([...(await six.slice(-3, -2).bytes())]).toEqual([0, 51]);
    expect(six.slice(0, 2).shape).toEqual([2, 1, 2]);
  });

  it('cat joins pictures', async () => {
    const back = MaskBatch.cat([six.at(2), six.slice(0, 2)]);
    expect([back.shape, [...(await back.bytes())]]).toEqual([
      [3, 1, 2],
      [204, 255, 0, 51, 102, 153],
    ]);
  });

  it('the pictures of a batch one below another are one mask', async () => {
    const column = six.stackVertically();
    expect([column.shape, [...(await column.bytes())]]).toEqual([
      [1, 6 / 2, 2],
      [0, 51, 102, 153, 204, 255],
    ]);
  });

  it('takes masks in every shape that nodes pass', () => {
    for (const shape of [
      [2, 3],
      [1, 2, 3],
      [1, 1, 2, 3],
      [1, 2, 3, 1],
    ]) {
      expect(device.mask(new Uint8Array(6), shape).shape).toEqual([1, 2, 3]);
    }
  });

  it('says what it is', async () => {
    expect(`${six}`).toBe('mask [3, 1, 2] uint8, wasm');
    const pending = six.invert();
    expect([`${pending}`, pending.location, pending.size]).toEqual(['mask [3, 1, 2] uint8, pending', 'pending', 6]);
    await pending.bytes();
    expect(pending.location).toBe('wasm');
  });
});

describe('laziness', () => {
  it('a chain of twenty tables is one pass', async () => {
    const mask = device.mask(
      Uint8Array.from({ length: 256 }, (_, i) => i),
      [16, 16],
    );
    let chain = mask;
    for (let i = 0; i < 20; i++) chain = chain.invert().levels({ black: i, white: 255 - i });
    const before = device.stats().passes;
    await chain.bytes();
    expect(device.stats().passes - before).toBe(1);
  });

  it('a result asked for twice is computed once; with `into` it is not kept', async () => {
    const mask = device.mask(new Uint8Array(64), [8, 8]).invert();
    const before = device.stats().passes;
    await mask.bytes();
    await mask.bytes();
    expect(device.stats().passes - before).toBe(1);
    const other = device.mask(new Uint8Array(64), [8, 8]).invert();
    const into = new Uint8Array(64);
    expect(await other.bytes({ into })).toBe(into);
    expect([other.location, into[0]]).toEqual(['pending', 255]);
  });

  it('a chain of 5,000 joins runs without deep recursion', async () => {
    const one = device.mask(Uint8Array.from([1]), [1, 1]);
    let sum = device.mask(Uint8Array.from([0]), [1, 1]) as MaskBatch;
    for (let i = 0; i < 5000; i++) sum = sum.max(one);
    expect([...(await sum.bytes())]).toEqual([1]);
  });

  it('memory returns when what used it is disposed', async () => {
    // its own: masks of other tests may be collected meanwhile
    const device = await open({ device: 'wasm' });
    const before = device.stats().heldBytes;
    for (let i = 0; i < 50; i++) {
      const image = device.image(new Uint8Array(3 * 64 * 64), [1, 64, 64, 3]);
      const mask = image.channel('L(LAB)').normalize().invert();
      await mask.data();
      mask.dispose();
      image.dispose();
    }
    expect(device.stats().heldBytes).toBe(before);
  });
});
