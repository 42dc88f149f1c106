import { same } from './random.mjs';
import { threaded } from './threaded.mjs';
import { results } from './together.mjs';

export const promise =
  '64 chains at once on three threads, on one device and on 4, give what one thread gives, one after another';

export async function run({ full, rounds = full ? 15 : 3, seed, note }) {
  let tried = 0;
  for (let round = 0; round < rounds; round++) {
    const seeds = Array.from({ length: 64 }, (_, i) => seed + round * 64 + i + 1);
    const serial = await results(seeds, false);
    for (const devices of [1, 4]) {
      const got = await results(seeds, true, devices, () => threaded());
      tried += got.length;
      got.forEach((mask, i) => {
        if (!same(mask, serial[i])) note(`${devices} devices: chain ${seeds[i]} differs`);
      });
    }
  }
  return tried;
}
