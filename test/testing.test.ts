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
