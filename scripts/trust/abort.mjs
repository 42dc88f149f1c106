import { open } from '../../dist/chromask.js';
import { random, same } from './random.mjs';

export const promise =
  'a signal at any moment rejects with AbortError, frees what was taken within 100 ms, and the device works on';

export async function run({ full, times = full ? 300 : 100, seed, note, opened = () => open({ device: 'wasm' }) }) {
  const r = random(seed);
  const device = await opened();
  const image = device.image(
    Uint8Array.from({ length: 1500 * 1500 * 3 }, () => r.below(256)),
    [1500, 1500, 3],
  );
  const make = () => {
    const soft = image.channel('L(LAB)').normalize().levels({ gray: 1.3 }).as('float32');
    return soft.multiply(image.channel('H(HSV)').as('float32')).grow({ expand: 2 }).fadeEdges({ left: 9, bottom: 9 });
  };
  const start = performance.now();
  const expected = await make().bytes();
  const whole = performance.now() - start;
  let stopped = 0;
  let worst = 0;
  const waits = [];
  for (let i = 0; i < times; i++) {
    const before = device.stats();
    const abort = new AbortController();
    let fired = 0;
    setTimeout(
      () => {
        fired = performance.now();
        abort.abort();
      },
      r.next() * whole * 1.2,
    );
    const end = await make()
      .bytes({ signal: abort.signal })
      .catch((error) => error);
    if (!(end instanceof Error)) {
      if (!same(end, expected)) note('a result that was not stopped is another one');
      continue;
    }
    const late = performance.now() - fired;
    waits.push(late);
    worst = Math.max(worst, late);
    stopped++;
    const after = device.stats();
    if (end.name !== 'AbortError') note(`rejected with ${end}`);
    if (after.slots !== before.slots) note(`${after.slots - before.slots} slots more after an abort`);
    if (late > 100 && whole < 3000) note(`freed ${late.toFixed()} ms after the signal`);
  }
  if (!same(await make().bytes(), expected)) note('the device gives something else afterwards');
  waits.sort((a, b) => a - b);
  const middle = waits[waits.length >> 1] ?? 0;
  console.log(
    `abort: ${stopped} of ${times} stopped in a run of ${whole.toFixed()} ms; freed after ${middle.toFixed(1)} ms (median), ${worst.toFixed(1)} ms (worst)`,
  );
  device.close();
  return times;
}
