// First use, in fresh processes; time per pixel from a quarter of a megapixel to 64; the cost of a radius, a batch
// and a longer chain. `middle` chooses from the times of a job.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jobs } from './jobs.mjs';
import { file, sizes } from './pictures.mjs';

export async function firstUse(middle) {
  const photo = await file('photo', '1k');
  return ['red', 'H(HSV)', 'L(LAB)'].map((job) => {
    const runs = Array.from({ length: 11 }, () =>
      JSON.parse(execFileSync(process.execPath, [fileURLToPath(new URL('first.mjs', import.meta.url)), photo, job])),
    );
    const of = (name) => middle(runs.map((run) => run[name]));
    return { job, first: of('first'), open: of('open'), warm: of('warm') };
  });
}

/**
 * Milliseconds of each job before its times count. Until then its code is being compiled, which would only slow
 * small pictures.
 */
const WARM = 250;

/** Nanoseconds a pixel of every job at every size, and of `copy`, which shows the effect of the machine's caches. */
export async function growth(middle) {
  const { makers } = await import('./peers/chromask.mjs');
  const { makers: memcpy } = await import('./peers/memcpy.mjs');
  const places = ['512', '1k', '4k', '8k'];
  const out = {};
  for (const [name, { reads }] of Object.entries(jobs)) {
    if (!makers[name]) continue;
    out[name] = [];
    for (const size of places) {
      const [width, height] = sizes[size];
      const input = { width, height };
      for (const picture of reads) input[picture] = readFileSync(await file(picture, size));
      const { run } = await makers[name](input);
      // small pictures more often, so that all sizes are measured for the same time
      out[name].push(((await timed(run, middle, 2e8 / (width * height), WARM)) * 1e6) / (width * height));
    }
  }
  out.copy = [];
  for (const size of places) {
    const [width, height] = sizes[size];
    const { run } = memcpy.J1f({ photo: readFileSync(await file('photo', size)) });
    out.copy.push(((await timed(run, middle, 2e8 / (width * height), WARM)) * 1e6) / (width * height));
  }
  return { sizes: places, jobs: out };
}

/** Milliseconds at 4K: growing by several radii, tables in a chain, and a batch against its pictures one by one. */
export async function shapes(middle) {
  const { open } = await import('../dist/chromask.js');
  const device = await open({ device: 'wasm', limits: { memory: 2 ** 32 } });
  const [width, height] = sizes['4k'];
  const mask = device.mask(readFileSync(await file('a', '4k')), [height, width]);
  const into = new Uint8Array(width * height);
  const grown = {};
  for (const tapered of [false, true]) {
    grown[tapered ? 'diamond' : 'square'] = {};
    for (const expand of [1, 8, 32, 100, 200, 400]) {
      const run = () => mask.grow({ expand, shape: tapered ? 'diamond' : 'square' }).bytes({ into });
      grown[tapered ? 'diamond' : 'square'][expand] = await timed(run, middle, 15);
    }
  }
  const tables = {};
  for (const length of [1, 20]) {
    tables[length] = await timed(
      () => {
        let chain = mask;
        for (let i = 0; i < length; i++) chain = chain.levels({ black: i });
        return chain.bytes({ into });
      },
      middle,
      25,
    );
  }
  const photo = readFileSync(await file('photo', '1k'));
  const eight = device.image(Buffer.concat(Array(8).fill(photo)), [8, 1024, 1024, 4]);
  const one = device.image(photo, [1, 1024, 1024, 4]);
  const [all, single] = [new Uint8Array(2 ** 23), new Uint8Array(2 ** 20)];
  const batch = {
    together: await timed(() => eight.channel('L(LAB)').bytes({ into: all }), middle, 25),
    apart: 8 * (await timed(() => one.channel('L(LAB)').bytes({ into: single }), middle, 100)),
  };
  device.close();
  return { grown, tables, batch };
}

async function timed(run, middle, rounds, warm = 0) {
  for (let n = 0, begun = performance.now(); n < 2 || performance.now() - begun < warm; n++) await run();
  const times = [];
  for (let i = 0; i < Math.max(5, Math.min(60, rounds)); i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return middle(times);
}
