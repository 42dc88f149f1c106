import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { open } from '../../dist/chromask.js';
import { chain, picture, random, same } from './random.mjs';

export const promise = '64 chains at once, 8 devices and 4 threads give what one after another gives';

export async function results(seeds, together, devices = 1, opened = () => open({ device: 'wasm' })) {
  const all = await Promise.all(Array.from({ length: devices }, opened));
  const one = async (seed, i) => {
    const r = random(seed);
    const mask = chain(picture(all[i % devices], r), r, 8);
    if (together && i % 3 === 0) return (await Promise.all([mask.bytes(), mask.histogram(), mask.data()]))[0];
    return mask.bytes();
  };
  const out = [];
  if (together) out.push(...(await Promise.all(seeds.map(one))));
  else for (const [i, seed] of seeds.entries()) out.push(await one(seed, i));
  for (const device of all) device.close();
  return out;
}

export async function run({ full, seed, note }) {
  let tried = 0;
  for (let round = 0; round < (full ? 15 : 5); round++) {
    const seeds = Array.from({ length: 64 }, (_, i) => seed + round * 64 + i + 1);
    const serial = await results(seeds, false);
    const compare = (name, got) => {
      tried += got.length;
      got.forEach((one, i) => {
        if (!same(one, serial[i])) note(`${name}: chain ${seeds[i]} differs`);
      });
    };
    compare('one device', await results(seeds, true));
    compare('8 devices', await results(seeds, true, 8));
    const threads = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const worker = new Worker(new URL(import.meta.url), { workerData: { chains: seeds } });
        const [got] = await once(worker, 'message');
        await worker.terminate();
        return got;
      }),
    );
    threads.forEach((got, i) => {
      compare(`thread ${i}`, got);
    });
  }
  return tried;
}

if (!isMainThread && workerData?.chains) parentPort.postMessage(await results(workerData.chains, true));
