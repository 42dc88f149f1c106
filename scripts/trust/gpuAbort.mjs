import { inPage } from './browser.mjs';

export const promise = 'the same on WebGL2: a signal at any moment, nothing left behind, and the device works on';

export const run = ({ full, seed, note }) =>
  inPage(async (ask) => {
    const times = full ? 300 : 100;
    const { stopped, whole, middle, worst, wrong } = await ask('aborts', { times, seed });
    console.log(
      `abort on WebGL2: ${stopped} of ${times} stopped in a run of ${whole.toFixed()} ms; freed after ${middle.toFixed(1)} ms (median), ${worst.toFixed(1)} ms (worst)`,
    );
    // a software GPU runs on the processor that must notice the signal: one late answer is the machine's fault, a
    // late median ours
    if (middle > 100 || worst > 500) note(`freed ${worst.toFixed()} ms after the signal`);
    for (const one of wrong) note(one);
    return times;
  }).then((tried) => tried ?? 0);
