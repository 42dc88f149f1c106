// The page of a consumer that serves the package's worker as a file, because Parcel breaks it when bundling.
import { openWorker } from 'chromask/worker';

const script = '/chromask.worker.js';
const worker = () => new Worker(script, { type: 'module' });
openWorker({ worker, device: 'wasm' })
  .then(async (device) => {
    const image = device.image(Uint8Array.of(1, 2, 3, 4, 5, 6), [1, 1, 2, 3]);
    return `${device.name} ${[...(await image.channel('green').invert().bytes())]}`;
  })
  .then(
    (said) => Object.assign(window, { saidWorker: said }),
    (error) => Object.assign(window, { saidWorker: String(error?.stack ?? error) }),
  );
