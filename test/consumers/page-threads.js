// The page of a consumer with threads. If the bundler did not place their script, it passes the address.
import { open } from 'chromask';

const [H, W] = [1100, 1200];
const photo = Uint8Array.from({ length: H * W * 4 }, (_, i) => (i * 2654435761) >>> 24);
const thread = globalThis.threadScript;

async function sumOf(threads) {
  const device = await open({ device: 'wasm', threads, ...(thread && { thread }) });
  const bytes = await device.image(photo.slice(), [H, W, 4]).channel('L(LAB)').blur({ radius: 4 }).bytes();
  // devices stay open, and the threads with them, for the test to look at
  return `${bytes.reduce((sum, v, i) => (sum * 31 + v * (i + 1)) >>> 0, 0)} ${device.notes}`;
}

Promise.all([sumOf(1), sumOf(2)]).then(
  (said) => Object.assign(window, { saidThreads: said.join('; ') }),
  (error) => Object.assign(window, { saidThreads: String(error?.stack ?? error) }),
);
