// Objects that only look like batches, and pages that cannot start workers, give the library's errors instead of the
// language's.
import { afterEach, expect, test, vi } from 'vitest';
import { openWorker } from '../src/entries/worker.js';
import { ImageBatch, MaskBatch, open } from '../src/index.js';

const device = await open({ device: 'wasm' });
const mask = device.mask(new Uint8Array(4), [2, 2]);
const outcome = (run: () => unknown): Promise<unknown> =>
  Promise.resolve()
    .then(run)
    .catch((error: unknown) => error);

test('a batch is made by a device alone', () => {
  for (const [name, Class] of Object.entries({ MaskBatch, ImageBatch }))
    for (const given of [[], [{}, {}], [mask]]) {
      const message = `${name}: made by a device alone: device.mask, device.image, load`;
      expect(() => Reflect.construct(Class, given)).toThrow(expect.objectContaining({ code: 'bad-argument', message }));
    }
});

test('a Proxy of a mask is no mask', async () => {
  const proxy = new Proxy(mask, {});
  for (const run of [
    () => proxy.bytes(),
    () => proxy.data(),
    () => proxy.at(0),
    () => proxy.slice(0, 1),
    () => proxy.invert(),
    () => mask.multiply(proxy),
    () => MaskBatch.cat([mask, proxy]),
  ])
    expect(await outcome(run), String(run)).toMatchObject({ name: 'ChromaskError' });
  expect(await mask.bytes()).toEqual(new Uint8Array(4));
});

test('a detached array is none', async () => {
  const gone = new Uint8Array(4);
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  for (const source of [gone, gone.buffer, new Proxy({}, {})])
    expect(await outcome(() => device.load(source as never))).toMatchObject({ code: 'bad-argument' });
});

afterEach(() => vi.unstubAllGlobals());
test.each([
  ['a sandboxed frame', new DOMException('Failed to construct Worker: origin null', 'SecurityError')],
  ['trusted types', new TypeError('This document requires TrustedScriptURL assignment.')],
])('openWorker says that %s starts no worker, and why', async (_name, thrown) => {
  vi.stubGlobal('Worker', function Worker() {
    throw thrown;
  });
  const error = await outcome(() => openWorker());
  expect(error).toMatchObject({ name: 'ChromaskError', code: 'no-device', cause: thrown });
  expect(String(error)).toContain(thrown.message);
});
