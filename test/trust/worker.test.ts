// Workers that end silently: pending and later callers receive an error.
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel as Channel, Worker } from 'node:worker_threads';
import { openWorker } from 'chromask/worker';
import { expect, it } from 'vitest';
import { noise } from '../noise.js';

const script = `import { workerData } from 'node:worker_threads';
  import { serve } from ${JSON.stringify(pathToFileURL(resolve('dist/worker.js')).href)}; serve(workerData);`;

async function started() {
  const { port1, port2 } = new Channel();
  const url = new URL(`data:text/javascript,${encodeURIComponent(script)}`);
  const thread = new Worker(url, { workerData: port2, transferList: [port2] });
  const device = await openWorker({ device: 'wasm', worker: port1 as never });
  return { thread, device };
}

it('a worker that is terminated in the middle of a task fails every call that waits for it, and the next ones', async () => {
  const { thread, device } = await started();
  const mask = device.mask(noise(2000 * 2000, 3), [2000, 2000]).as('float32');
  let long = mask; // some seconds of work: it cannot end before its worker does
  for (let i = 0; i < 100; i++) long = long.grow({ expand: i % 2 ? -300 : 300 });
  const waiting = [long.data(), mask.normalize().bytes(), mask.resize({ width: 9, height: 9 }).data()];
  const ends = Promise.allSettled(waiting);
  await thread.terminate();
  for (const end of await ends) {
    expect(end).toMatchObject({ status: 'rejected', reason: { name: 'ChromaskError', code: 'no-device' } });
  }
  await expect(mask.bytes()).rejects.toMatchObject({
    code: 'no-device',
    message: expect.stringContaining('has ended'),
  });
  device.close();
  await expect(mask.bytes()).rejects.toMatchObject({ code: 'closed' });
  const again = await started();
  expect(await again.device.mask(Uint8Array.of(1, 2), [1, 2]).invert().bytes()).toEqual(Uint8Array.of(254, 253));
  again.device.close();
  await again.thread.terminate();
});

it('a worker that ends before it has opened is no device', async () => {
  const { port1, port2 } = new Channel();
  const url = new URL('data:text/javascript,process.exit()');
  const thread = new Worker(url, { workerData: port2, transferList: [port2] });
  const opening = openWorker({ worker: port1 as never });
  await expect(opening).rejects.toMatchObject({ code: 'no-device' });
  if (thread.threadId > 0) await once(thread, 'exit');
});

it('a device that was closed lets its worker end', async () => {
  const { thread, device } = await started();
  await device.mask(Uint8Array.of(1), [1, 1]).bytes();
  device.close();
  const [code] = await once(thread, 'exit');
  expect(code).toBe(0);
});
