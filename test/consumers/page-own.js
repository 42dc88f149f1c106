// The page of a consumer that uses the package's own worker.
import { openWorker } from 'chromask/worker';

openWorker({ device: 'wasm' })
  .then(async (device) => {
    const image = device.image(Uint8Array.of(1, 2, 3, 4, 5, 6), [1, 1, 2, 3]);
    return `${device.name} ${[...(await image.channel('green').invert().bytes())]}`;
  })
  .then(
    (said) => Object.assign(window, { saidOwn: said }),
    (error) => Object.assign(window, { saidOwn: String(error?.stack ?? error) }),
  );
