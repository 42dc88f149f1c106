// The page of a consumer whose bundler makes the worker from its own script, which calls `serve()`.
import { openWorker } from 'chromask/worker';

const worker = () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
openWorker({ worker, device: 'wasm' })
  .then(async (device) => {
    const image = device.image(Uint8Array.of(1, 2, 3, 4, 5, 6), [1, 1, 2, 3]);
    return `${device.name} ${[...(await image.channel('green').invert().bytes())]}`;
  })
  .then(
    (said) => Object.assign(window, { saidWorker: said }),
    (error) => Object.assign(window, { saidWorker: String(error?.stack ?? error) }),
  );
