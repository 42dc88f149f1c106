// Deceptive values: of another realm, changing while they are read, referring to themselves.
import vm from 'node:vm';
import { ChromaskError, MaskBatch, open } from 'chromask';
import { decode, encode, inspect } from 'chromask/png';
import { describe, expect, it } from 'vitest';

const device = await open({ device: 'wasm' });
const refused = async (call: () => unknown): Promise<ChromaskError> => {
  const error = await (async () => call())().catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ChromaskError);
  return error as ChromaskError;
};

describe('values of another realm', () => {
  const other = vm.runInNewContext('({ Uint8Array, Float32Array, ArrayBuffer, Array, Object })') as typeof globalThis;

  it('arrays of a frame or a test runner are arrays', async () => {
    const mask = device.mask(other.Uint8Array.from([1, 2, 3, 4]), other.Array.from([2, 2]));
    expect(Array.from(await mask.bytes())).toEqual([1, 2, 3, 4]);
    const into = new other.Float32Array(4);
    expect(await mask.data({ into })).toBe(into);
    expect(into[3]).toBeCloseTo(4 / 255);
  });

  it('a buffer of another realm is a file', async () => {
    const png = await device.mask(new Uint8Array([1, 2]), [1, 2]).toPng();
    const buffer = new other.ArrayBuffer(png.length);
    new Uint8Array(buffer).set(png);
    expect((await device.load(buffer)).image.shape).toEqual([1, 1, 2, 3]);
  });
});

describe('values that lie', () => {
  it('an array that claims another length gives its true numbers or is refused', async () => {
    class Liar extends Uint8Array {
      override get length(): number {
        return 4;
      }
      override get byteLength(): number {
        return 4;
      }
    }
    await refused(() => device.mask(new Liar(64), [2, 2]));
    expect(device.mask(new Liar(64), [8, 8]).size).toBe(64);
  });

  it('a shape that changes while it is read is what it was first', () => {
    let reads = 0;
    const shape = new Proxy([2, 2], { get: (target, key) => (key === '0' && reads++ ? -2 : Reflect.get(target, key)) });
    expect(device.mask(new Uint8Array(4), shape).shape).toEqual([1, 2, 2]);
  });

  it('a value that contains itself, or cannot be looked at, is refused like any other', async () => {
    const ring: unknown[] = [];
    ring.push(ring, ring);
    await refused(() => device.mask(new Uint8Array(4), ring as never));
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    await refused(() => device.mask(proxy as never, [2, 2]));
    await refused(() => device.mask(new Uint8Array(4), [{ [Symbol.toStringTag]: 'x'.repeat(1e6) }, 1] as never));
  });

  it('what says that it is a buffer, a response or an address, and is none, is refused', async () => {
    for (const name of ['ArrayBuffer', 'SharedArrayBuffer', 'Uint8Array', 'Blob', 'Response', 'URL', 'ImageData']) {
      const lie = { [Symbol.toStringTag]: name, length: 2 ** 53, byteLength: 8, width: 1, height: 1 } as never;
      await refused(() => device.load(lie));
      await refused(() => decode(lie));
      await refused(() => inspect(lie));
    }
  });

  it('options that are none are refused, not passed over', async () => {
    const image = device.image(new Uint8Array(12), [2, 2, 3]);
    for (const options of [5, true, () => 1, Symbol('x'), null, [], 'red'])
      await refused(() => image.colorMap(options as never));
    const file = await image.toPng();
    for (const pixels of [Symbol('x'), '9', {}, null, NaN, -1])
      await refused(() => decode(file, { limits: { pixels: pixels as never } }));
    expect((await decode(file, { limits: { pixels: undefined, text: undefined } })).width).toBe(2);
    for (const room of [5, null, {}, { arena: {} }]) {
      await refused(() => decode(file, { room: room as never }));
      await refused(() =>
        encode({ width: 1, height: 1, channels: 1, data: new Uint8Array(1) }, { room: room as never }),
      );
    }
    for (const palette of [new Uint16Array(4), new Float32Array(4), [1, 2, 3, 4], new DataView(new ArrayBuffer(4))])
      await refused(() => encode({ width: 1, height: 1, data: new Uint8Array(1), palette: palette as never }));
  });

  it('an invalid signal is refused at the call', async () => {
    const mask = device.mask(new Uint8Array(4), [2, 2]);
    for (const signal of [{}, null, 1, { aborted: false }] as never[]) {
      await refused(() => mask.bytes({ signal }));
      await refused(() => mask.histogram({ signal }));
      await refused(() => mask.toPng({ signal }));
      await refused(() => open({ signal }));
      await refused(() => device.load(new Uint8Array(8), { signal }));
    }
  });

  it('a result larger than any memory says so', async () => {
    const huge = device.solid({ width: 2 ** 30, height: 2 ** 30 });
    expect((await refused(() => huge.bytes())).code).toBe('out-of-memory');
    expect((await refused(() => huge.data())).code).toBe('out-of-memory');
  });
});

describe('one batch, two names', () => {
  it('disposing what at(0) gives leaves the mask it is of', async () => {
    const mask = device.mask(new Uint8Array([1, 2, 3, 4]), [2, 2]);
    for (const same of [mask.at(0), mask.slice(), mask.as('uint8'), mask.grow({ expand: 0 }), MaskBatch.cat([mask])]) {
      same.dispose();
      await refused(() => same.bytes());
    }
    expect(Array.from(await mask.bytes())).toEqual([1, 2, 3, 4]);
    const slots = device.stats().slots;
    mask.dispose();
    expect(device.stats().slots).toBe(slots - 1);
  });
});

describe('arrays to fill', () => {
  it('an array that is taken away while it is filled is named, and the device goes on', async () => {
    const mask = device.mask(new Uint8Array(64), [8, 8]).invert();
    const into = new Uint8Array(64);
    const reading = mask.bytes({ into });
    structuredClone(into.buffer, { transfer: [into.buffer] });
    expect((await refused(() => reading)).message).toContain('into must be');
    expect((await mask.bytes())[0]).toBe(255);
  });

  it('what was kept before stays when an array is filled, and what was not is not', async () => {
    const source = device.mask(new Uint8Array(64), [8, 8]);
    const kept = source.invert();
    const other = source.grow({ expand: 1 });
    await kept.bytes();
    source.dispose();
    const into = new Uint8Array(64);
    await kept.bytes({ into });
    expect(await kept.bytes()).toEqual(into);
    expect([kept.location, other.location]).toEqual(['wasm', 'pending']);
    const { slots } = device.stats();
    await kept.grow({ expand: 2 }).bytes({ into });
    expect(device.stats().slots).toBe(slots);
  });

  it('shared memory can be filled', async () => {
    const into = new Uint8Array(new SharedArrayBuffer(64));
    await device.mask(new Uint8Array(64), [8, 8]).invert().bytes({ into });
    expect(into[63]).toBe(255);
  });
});
