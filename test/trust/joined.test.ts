// Joins of joins: small recipes may mean large and deep masks.
import { MaskBatch, open } from 'chromask';
import { expect, it } from 'vitest';

const device = await open({ device: 'wasm' });

it('a recipe that doubles fifty times is converted in fifty steps, and refused when there is no memory for its masks', async () => {
  const steps: object[] = [{ op: 'solid', params: { width: 1, height: 1 }, inputs: [] }];
  for (let i = 0; i < 50; i++) steps.push({ op: 'cat', params: {}, inputs: [i, i] });
  steps.push({ op: 'as', params: { dtype: 'uint8' }, inputs: [50] });
  const mask = (await device.run({ chromask: 1, inputs: [], steps, output: 51 } as never, {})) as MaskBatch;
  expect(mask.shape).toEqual([2 ** 50, 1, 1]);
  await expect(mask.bytes()).rejects.toMatchObject({ code: 'out-of-memory' });
});

it('the same of twelve gives all its masks', async () => {
  let mask = device.mask(Float32Array.of(0.2, 1), [1, 1, 2]);
  for (let i = 0; i < 12; i++) mask = MaskBatch.cat([mask, mask.invert()]);
  const bytes = await mask.as('uint8').bytes();
  expect(bytes).toEqual(Uint8Array.from(await mask.data(), (value) => Math.trunc(value * 255)));
});

it('joins may be nested to any depth', () => {
  const one = device.solid({ width: 1, height: 1 });
  let mask = one;
  for (let i = 0; i < 30_000; i++) mask = MaskBatch.cat([mask, one]);
  expect(mask.as('uint8').shape).toEqual([30_001, 1, 1]);
});
