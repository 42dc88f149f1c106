// First use, in processes that have done nothing before, and time per pixel from a quarter of a megapixel to 64.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { jobs } from './jobs.mjs';
import { file, sizes } from './pictures.mjs';

export async function firstUse() {
  const photo = await file('photo', '1k');
  return ['red', 'H(HSV)', 'L(LAB)'].map((job) => {
    const runs = Array.from({ length: 7 }, () =>
      JSON.parse(execFileSync(process.execPath, [fileURLToPath(new URL('first.mjs', import.meta.url)), photo, job])),
    );
    const middle = (name) => runs.map((run) => run[name]).sort((p, q) => p - q)[3];
    return { job, first: middle('first'), open: middle('open'), warm: middle('warm') };
  });
}

export async function growth(peer, _exact) {
  const places = ['512', '1k', '4k', '8k'];
  const out = {};
  for (const name of Object.keys(jobs)) {
    if (!peer.jobs.includes(name)) continue;
    out[name] = [];
    for (const size of places) {
      const [width, height] = sizes[size];
      const files = {};
      for (const picture of jobs[name].reads) files[picture] = await file(picture, size);
      await peer.ask('open', { name, width, height, files });
      const times = [];
      // small pictures often, so that all sizes are measured as long
      const rounds = Math.max(5, Math.min(40, Math.round(2e8 / (width * height))));
      for (let i = 0; i < rounds; i++) times.push(await peer.ask('time'));
      times.sort((p, q) => p - q);
      out[name].push((times[times.length >> 1] * 1e6) / (width * height));
    }
  }
  return { sizes: places, jobs: out };
}
