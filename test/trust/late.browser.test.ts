// Work that never finishes: a signal still ends it, and nothing of an ended load is kept.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { open } from 'chromask';
import { openWorker, serve } from 'chromask/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readyPage } from '../browsers.js';

const sample = readFileSync('sample.png');
const cross = { 'access-control-allow-origin': '*' };

/** Answers never, half, or late. */
const slow = createServer(({ url }, response) => {
  if (url === '/half.png') response.writeHead(200, cross).write(sample.subarray(0, 100));
  if (url?.startsWith('/late.png')) setTimeout(() => response.writeHead(200, cross).end(sample), 150);
});
await new Promise<void>((ready) => slow.listen(0, '127.0.0.1', ready));
const { port } = slow.address() as AddressInfo;
const at = (path: string): string => `http://127.0.0.1:${port}${path}`;
afterAll(() => {
  slow.close();
  slow.closeAllConnections();
});

describe('in Node', async () => {
  const { port1, port2 } = new MessageChannel();
  serve(port2);
  const near = await open({ device: 'wasm' });
  const devices = { here: near, 'in a worker': await openWorker({ device: 'wasm', worker: port1 }) };
  afterAll(() => Object.values(devices).forEach((device) => device.close()));

  for (const [name, device] of Object.entries(devices)) {
    it(`a load ${name} that waits for bytes ends with the reason of its signal`, async () => {
      const sources = {
        'a stream that gives nothing': () => new Response(new ReadableStream({})),
        'half a body': () => fetch(at('/half.png')),
        'an address that does not answer': () => at('/never.png'),
        'an address that answers by half': () => at('/half.png'),
      };
      for (const [what, make] of Object.entries(sources)) {
        const [abort, reason] = [new AbortController(), new Error('enough')];
        const loading = device.load(await make(), { signal: abort.signal });
        setTimeout(() => abort.abort(reason), 60);
        await expect(loading, what).rejects.toBe(reason);
        const signal = AbortSignal.timeout(60);
        await expect(device.load(await make(), { signal }), what).rejects.toMatchObject({ name: 'TimeoutError' });
      }
      expect(device.stats().slots).toBe(0);
    });
  }
});

describe('in a page', () => {
  let browser: Awaited<ReturnType<typeof readyPage>>;
  beforeAll(async () => {
    const script = `import { open } from '/dist/chromask.js'; import { openWorker } from '/dist/worker.js';
      Object.assign(window, { open, openWorker, ready: true });`;
    browser = await readyPage(`<script type="module">${script}</script>`);
  });
  afterAll(() => browser?.close());

  for (const device of ['wasm', 'webgl2', 'worker']) {
    it(`an image that does not come ends with the reason, and one that comes too late is not kept: ${device}`, async () => {
      const seen = await browser.page.evaluate(`(async () => {
        const device = await ${device === 'worker' ? "openWorker({ device: 'wasm' })" : `open({ device: '${device}' })`};
        const image = (src) => Object.assign(new Image(), { crossOrigin: 'anonymous', src });
        const ends = [];
        for (const source of [image('${at('/never.png')}'), '${at('/half.png')}']) {
          const abort = new AbortController();
          setTimeout(() => abort.abort(new Error('enough')), 60);
          ends.push(await device.load(source, { signal: abort.signal }).then(String, (error) => error.message));
        }
        const late = image('${at(`/late.png?${device}`)}');
        const abort = new AbortController();
        setTimeout(() => abort.abort(new Error('late')), 30);
        ends.push(await device.load(late, { signal: abort.signal }).then(String, (error) => error.message));
        await late.decode();
        await new Promise((done) => setTimeout(done, 50));
        await device.solid({ width: 1, height: 1 }).withBytes(() => 0); // a worker's counters come with its answers
        const { slots, heldBytes } = device.stats();
        const { rgba } = await device.load(late);
        const whole = rgba.shape;
        device.close();
        return { ends, slots, heldBytes, whole };
      })()`);
      expect(seen).toEqual({ ends: ['enough', 'enough', 'late'], slots: 0, heldBytes: 0, whole: [1, 420, 640, 4] });
    });
  }

  it('a signal that comes in the middle of taking an image leaves nothing of it', async () => {
    const held = await browser.page.evaluate(`(async () => {
      const late = Object.assign(new Image(), { crossOrigin: 'anonymous', src: '${at('/late.png?taken')}' });
      await late.decode();
      const left = [];
      for (const name of ['wasm', 'webgl2']) {
        const device = await open({ device: name });
        for (let i = 0; i < 20; i++) {
          const abort = new AbortController();
          const loading = device.load(late, { signal: abort.signal }).then(({ rgba }) => rgba.dispose(), () => {});
          for (let k = 0; k < i; k++) await undefined;
          abort.abort();
          await loading;
        }
        left.push(device.stats().slots);
        device.close();
      }
      return left;
    })()`);
    expect(held).toEqual([0, 0]);
  });
});

it('what is made of a mask for one question goes with the answer, and all of it with the device', async () => {
  const device = await open({ device: 'wasm' });
  const mask = device.mask(
    Float32Array.from({ length: 64 }, (_, i) => i / 64),
    [8, 8],
  );
  const { slots } = device.stats();
  for (let i = 0; i < 5; i++) await mask.histogram();
  expect(device.stats().slots).toBe(slots);
  device.close();
  expect(device.stats()).toMatchObject({ slots: 0, heldBytes: 0 });
});
