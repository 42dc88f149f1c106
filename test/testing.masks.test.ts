// `chromask/testing`: the matcher's verdicts and messages, golden files, devices by name, flags, and environments
// without a browser.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'chromask';
import {
  devicesNamed,
  environment,
  expectGolden,
  launchArgs,
  type MaskMatchers,
  needsBrowser,
  pattern,
  toEqualMask,
} from 'chromask/testing';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: vitest's own declaration has it
  interface Matchers<T = any> extends MaskMatchers<T> {}
}

expect.extend({ toEqualMask });
const device = await open({ device: 'wasm' });
const folder = mkdtempSync(join(tmpdir(), 'chromask-golden-'));
afterAll(() => {
  device.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => vi.unstubAllGlobals());

const mask = (...bytes: number[]) => device.mask(Uint8Array.from(bytes), [2, bytes.length / 2]);
const saidBy = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'nothing',
    (error: Error) => error.message,
  );

describe('toEqualMask', () => {
  it('takes masks, images, numbers, and numbers with a shape', async () => {
    const made = mask(0, 1, 2, 255, 254, 253).invert();
    const wanted = Uint8Array.of(255, 254, 253, 0, 1, 2);
    await expect(made).toEqualMask(wanted);
    await expect(made).toEqualMask({ data: wanted, shape: [1, 2, 3] });
    await expect(made).toEqualMask(mask(255, 254, 253, 0, 1, 2));
    await expect(made.as('float32')).toEqualMask(wanted);
    await expect(made).not.toEqualMask(mask(255, 254, 253, 0, 1, 3));
    const image = device.image(Uint8Array.of(1, 2, 3, 4, 5, 6), [1, 2, 3]);
    await expect(image).toEqualMask(Uint8Array.of(1, 2, 3, 4, 5, 6));
  });

  it('says where, and how much', async () => {
    const made = mask(0, 10, 20, 30, 40, 50, 60, 70);
    expect(await saidBy(expect(made).toEqualMask(mask(0, 12, 20, 30, 40, 50, 65, 70)))).toBe(
      '2 of 8 numbers (25 %) differ, within x 1 to 2, y 0 to 1; the most at x 2, y 1: got 60, expected 65',
    );
    const two = device.mask(Float32Array.of(0, 0.5, 0, 0.25), [2, 1, 2]);
    expect(await saidBy(expect(two).toEqualMask(Float32Array.of(0, 0.5, -0, 0.75)))).toBe(
      '2 of 4 numbers (50 %) differ, within x 0 to 1, y 0 to 0; the most at x 1, y 0, batch 1: got 0.25, expected 0.75',
    );
    expect(await saidBy(expect(made).toEqualMask(mask(1, 2)))).toBe(
      'a shape of 1 x 2 x 4, where 1 x 2 x 1 is expected',
    );
    expect(await saidBy(expect(made).not.toEqualMask(made))).toBe('the masks are equal, and were expected not to be');
  });

  it('lets pass what is within the tolerance, and no more', async () => {
    const made = mask(0, 10, 20, 30);
    await expect(made).toEqualMask(mask(2, 8, 20, 30), { tolerance: 2 });
    expect(await saidBy(expect(made).toEqualMask(mask(3, 8, 20, 30), { tolerance: 2 }))).toBe(
      '1 of 4 numbers (25 %) differ by more than 2, within x 0 to 0, y 0 to 0; the most at x 0, y 0: got 0, expected 3',
    );
    const none = device.mask(Float32Array.of(Number.NaN, 0), [1, 2]);
    await expect(none).toEqualMask(Float32Array.of(Number.NaN, 0));
    await expect(none).not.toEqualMask(Float32Array.of(1, 0), { tolerance: 5 });
  });

  it('refuses what is no mask, no numbers and no tolerance', async () => {
    const refused = (received: unknown, expected: unknown, options?: unknown) =>
      saidBy(toEqualMask(received, expected as Uint8Array, options as object));
    expect(await refused(Uint8Array.of(1), mask(1, 2))).toMatch(
      /^toEqualMask: received must be a mask or an image, got/,
    );
    expect(await refused(mask(1, 2), [1, 2])).toMatch(/^toEqualMask: expected must be a mask, an image, numbers, or/);
    expect(await refused(mask(1, 2), mask(1, 2), { tolerance: -1 })).toMatch(/^toEqualMask: tolerance must be/);
    expect(await refused(mask(1, 2), mask(1, 2), { tolerence: 1 })).toMatch(
      /^toEqualMask: there is no parameter "tolerence"/,
    );
  });
});

describe('expectGolden', () => {
  const path = join(folder, 'deep', 'edge.png');
  const { data, shape } = pattern({ width: 9, height: 7, channels: 3, seed: 4 });
  const image = device.image(data, [...shape]);
  const updating = async (work: () => Promise<void>): Promise<void> => {
    vi.stubEnv('UPDATE', '1');
    await work().finally(() => vi.unstubAllEnvs());
  };

  it('fails where there is no file, writes it where UPDATE is set, and passes from then on', async () => {
    const made = image.channel('red');
    await expect(expectGolden(made, path)).rejects.toMatchObject({ code: 'missing' });
    await updating(() => expectGolden(made, path));
    expect(readFileSync(path).subarray(1, 4).toString()).toBe('PNG');
    await expectGolden(made, path);
    const other = device.mask(
      (await made.bytes()).map((value, i) => (i === 20 ? value ^ 4 : value)),
      [7, 9],
    );
    expect(await saidBy(expectGolden(other, path))).toMatch(
      /edge\.png: 1 of 63 numbers \(1\.6 %\) differ, within x 2 to 2, y 2 to 2; the most at x 2, y 2/,
    );
    await expectGolden(other, path, { tolerance: 4 });
  });

  it('keeps images too, and refuses a batch', async () => {
    const file = join(folder, 'image.png');
    await updating(() => expectGolden(image, file));
    await expectGolden(image, file);
    const two = device.mask(new Uint8Array(8), [2, 2, 2]);
    expect(await saidBy(expectGolden(two, file))).toBe(
      'expectGolden: made must be one picture; at(i) takes one of a batch, got 2',
    );
  });
});

it('devices come by their names, or the one that is not here is named', async () => {
  const { wasm } = await devicesNamed(['wasm']);
  expect(wasm.name).toBe('wasm');
  wasm.close();
  await expect(devicesNamed(['wasm', 'webgl2'])).rejects.toMatchObject({ code: 'no-device' });
  await expect(devicesNamed(['webgpu' as 'wasm'])).rejects.toThrow(
    "devicesNamed: names must be an array of 'wasm' and",
  );
});

it('flags for a browser are those of the GPU that is asked for', () => {
  expect(launchArgs()).toEqual(['--enable-unsafe-swiftshader']);
  expect(launchArgs({ gpu: 'none', sandbox: false })).toEqual(['--disable-gpu', '--disable-3d-apis', '--no-sandbox']);
  expect(() => launchArgs({ gpu: 'metal' as 'none' })).toThrow(/^launchArgs: gpu must be/);
});

it('happy-dom and jsdom are no browsers, although they say window', () => {
  expect(environment()).toBe('node');
  vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/26.1.0' });
  expect(environment()).toBe('jsdom');
  expect(() => needsBrowser()).toThrow('needsBrowser: this must be a browser, got jsdom, which draws nothing');
  vi.stubGlobal('happyDOM', {});
  expect(environment()).toBe('happy-dom');
});
