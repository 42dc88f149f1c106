import { open } from '../../dist/chromask.js';
import { random, same } from './random.mjs';
import { divided, given, read, slowed, threadsOf } from './threaded.mjs';

export const promise =
  'a thread is killed at any moment: `no-device` or the right bytes, and those that are left go on';

const size = [220, 300];

export async function run({ full, devices = full ? 60 : 10, seed, note }) {
  let [tried, lost] = [0, 0];
  const one = await open({ device: 'wasm' });
  for (let i = 0; i < devices; i++) {
    const own = seed + i + 1;
    const make = (from) => divided(from)[i % 8];
    const expected = await read(make(given(one, random(own), size)));
    // slowed threads are nearly always at work
    const { device, quick } = await slowed(own);
    const pictures = given(device, random(own), size);
    const start = performance.now();
    if (!same(await read(make(pictures)), expected)) note(`${own} differs`);
    const whole = performance.now() - start;
    const dice = random(own);
    for (const [j, thread] of (await threadsOf(device)).entries()) {
      tried++;
      let over = false;
      setTimeout(
        () => {
          thread.end();
          over = true;
        },
        dice.next() * 3 * whole,
      );
      // repeat until the thread is dead; every other time kill the next one before the device knows about the first
      do {
        // work with a signal pauses, so that timers fire
        const end = await read(make(pictures), new AbortController().signal).catch((error) => error);
        if (end instanceof Error) {
          lost++;
          if (end.code !== 'no-device' || !/^wasm: a thread ended/.test(end.message)) note(`${own}: ${end.stack}`);
        } else if (!same(end, expected)) note(`${own} differs when thread ${j} is killed`);
      } while (!over || (i % 2 && !thread.ended));
    }
    // the system takes a while to report a thread's end
    for (let i = 0; i < 250 && (await threadsOf(device)).length; i++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    if ((await threadsOf(device)).length) note(`${own}: threads that were killed are still there`);
    if (!same(await read(make(pictures)), expected)) note(`${own} differs afterwards`);
    quick();
    device.close();
  }
  one.close();
  console.log(`threadsKilled: ${lost} of ${tried} in the middle of the work`);
  return tried;
}
