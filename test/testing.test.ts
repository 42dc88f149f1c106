import { difference, everyDevice, parity, pattern } from 'chromask/testing';
import { expect, it } from 'vitest';
import { noise } from './noise.js';

it('a pattern is the same everywhere for the same seed', () => {
  const { data, shape } = pattern({ width: 3, height: 2, channels: 3, seed: 9 });
  expect(shape).toEqual([1, 2, 3, 3]);
  expect(data).toEqual(noise(18, 9));
  expect(() => pattern({ seed: 0 })).toThrow(/pattern: seed must be/);
});

it('a difference is found bit for bit, and told', () => {
  expect(difference(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toEqual({ count: 0 });
  expect(difference(Float32Array.of(0, 1), Float32Array.of(-0, 1))).toEqual({
    count: 1,
    first: { index: 0, a: 0, b: -0 },
  });
  expect(() => difference(Uint8Array.of(1), Uint8Array.of(1, 2))).toThrow(/difference: b must be/);
});

it('NaN is NaN, whichever a processor makes, and nothing else is', () => {
  const [quiet, negative, other] = [0x7fc00000, 0xffc00000, 0x7fc00001].map(
    (bits) => new Float32Array(Uint32Array.of(bits, 0).buffer),
  );
  expect([difference(quiet, negative), difference(quiet, other)]).toEqual([{ count: 0 }, { count: 0 }]);
  expect(difference(quiet, Float32Array.of(0, 0))).toMatchObject({ count: 1, first: { index: 0, b: 0 } });
});

it('bytes are bytes, clamped or not, wherever they begin in their buffer', () => {
  const bytes = Uint8Array.of(9, 9, 9, 1, 2).subarray(3);
  expect(difference(Uint8ClampedArray.of(1, 2), bytes)).toEqual({ count: 0 });
  expect(difference(new Uint8ClampedArray(3), new Uint8ClampedArray(3))).toEqual({ count: 0 });
  expect(difference(Uint8ClampedArray.of(1, 3), bytes)).toEqual({ count: 1, first: { index: 1, a: 3, b: 2 } });
});

it('what cannot be compared is refused, never called equal', () => {
  const wrong: [unknown, unknown][] = [
    [[1], [2]],
    [{}, {}],
    [null, null],
    ['a', 'b'],
    [new DataView(new ArrayBuffer(1)), new DataView(new ArrayBuffer(1))],
    [Uint32Array.of(1), Float32Array.of(1)],
    [Uint8Array.of(1), [1]],
    [Uint8Array.of(1), Float32Array.of(1)],
    [Float32Array.of(1), new Float32Array()],
  ];
  for (const [a, b] of wrong) {
    const error = thrown(() => difference(a as Uint8Array, b as Uint8Array));
    expect(error).toMatchObject({
      name: 'ChromaskError',
      message: expect.stringMatching(/^difference: [ab] must be /),
    });
  }
});

it('a pattern that cannot be is refused', () => {
  for (const options of [
    null,
    3,
    { width: -3 },
    { width: 0 },
    { width: 1.5 },
    { width: '4' },
    { width: Number.NaN },
    { widht: 3 },
    { channels: 2 },
    { seed: 2 ** 32 },
    { width: 1e6, height: 1e6 },
    { width: 2 ** 30, height: 2 ** 30, batch: 2 ** 30 },
  ]) {
    const error = thrown(() => pattern(options as never));
    expect(error, JSON.stringify(options)).toMatchObject({
      name: 'ChromaskError',
      message: expect.stringMatching(/^pattern: /),
    });
  }
});

it('what is no function, makes no mask or opens no device is refused, and no device stays open', async () => {
  const typed = (operation: string) => ({
    name: 'ChromaskError',
    code: 'bad-argument',
    message: expect.stringMatching(new RegExp(`^${operation}: .+ must be .+, got .+`)),
  });
  await expect((parity as () => Promise<unknown>)()).rejects.toMatchObject(typed('parity'));
  for (const made of [undefined, null, 5, { data: () => [1] }])
    await expect(parity(() => made as never)).rejects.toMatchObject(typed('parity'));
  for (const options of [null, 5, { device: 'wasm' }])
    await expect(everyDevice(options as never)).rejects.toMatchObject(typed('everyDevice'));
  expect(await parity((device) => device.image(Uint8Array.of(1, 2, 3), [1, 1, 1, 3]))).toMatchObject({ count: 0 });
});

function thrown(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

it('the devices at hand agree', async () => {
  const devices = await everyDevice();
  expect(devices.map(({ name }) => name)).toContain('wasm');
  for (const device of devices) device.close();
  const { data, shape } = pattern();
  const result = await parity((device) =>
    device
      .image(data, [...shape])
      .channel('L(LAB)')
      .normalize(),
  );
  expect(result).toMatchObject({ count: 0, devices: expect.arrayContaining(['wasm']) });
});
