import { build } from 'esbuild';
import * as library from '../../dist/chromask.js';
import * as comfy from '../../dist/comfy.js';
import * as png from '../../dist/png.js';
import { calls, measured } from './calls.mjs';

/** The table of measures, which no entry exports. Their implementation is not loaded. */
async function measures() {
  const entryPoints = ['src/ops/measures.ts'];
  const { outputFiles } = await build({
    entryPoints,
    bundle: true,
    format: 'esm',
    write: false,
    external: ['../measures/*'],
  });
  return (await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`)).measures;
}

export const promise = 'with a signal no call blocks the thread for over 100 ms, or ends later than 200 ms after it';

/** Runs every call of the tables and classes as a whole, and stopped at three moments of its time. */
export async function run({ full, note }) {
  const device = await library.open({ device: 'wasm' });
  const size = full ? { width: 3840, height: 2160 } : { width: 800, height: 600 };
  const all = await calls({ ...library, ...png, ...comfy, measures: await measures() }, device, size);
  let tried = 0;
  const worst = { longest: 0, late: 0 };
  const look = (name, how, { longest, late = 0, error }) => {
    tried++;
    if (error && error.name !== 'AbortError') note(`${name}: ${error}`);
    if (longest > 100) note(`${name}, ${how}: blocked for ${longest.toFixed()} ms`);
    if (late > 200) note(`${name}, ${how}: ended ${late.toFixed()} ms after its signal`);
    worst.longest = Math.max(worst.longest, longest);
    worst.late = Math.max(worst.late, late);
  };
  for (const [name, call] of all) {
    global.gc?.();
    // once unmeasured, because loading code at first use is not the call's own work
    await measured(call, 1);
    const whole = await measured(call);
    look(name, 'whole', whole);
    for (const part of full ? [0.2, 0.5, 0.8] : [0.5])
      look(name, `stopped at ${part}`, await measured(call, part * whole.whole));
  }
  console.log(`pauses: ${worst.longest.toFixed()} ms blocked at most, ${worst.late.toFixed()} ms late at most`);
  device.close();
  return tried;
}
