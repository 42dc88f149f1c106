import { open } from '../../dist/chromask.js';
import { random, same } from './random.mjs';
import { divided, given, read, slowed } from './threaded.mjs';

export const promise = 'whichever of three threads is slow, and when, the bytes are those of one thread';

const small = [61, 83];

export async function run({ full, runs = full ? 1000 : 100, seed, note }) {
  const one = await open({ device: 'wasm' });
  const expected = [];
  for (const mask of divided(given(one, random(seed), small))) expected.push(await read(mask));
  one.close();
  const { device, quick } = await slowed(seed);
  const pictures = given(device, random(seed), small);
  try {
    for (let i = 0; i < runs; i++) {
      const made = divided(pictures);
      for (const [j, mask] of made.entries())
        if (!same(await read(mask), expected[j])) note(`run ${i}: chain ${j} differs`);
      for (const mask of made) mask.dispose();
    }
  } finally {
    quick();
    device.close();
  }
  return runs;
}
