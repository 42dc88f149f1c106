// Small jobs and how long they take: what to expect of this machine, not a race.
import { jobs, pictures } from '../bench/jobs.js';

const SIDE = 1024;
const SPENT = 250; // milliseconds for one job, after which no further round begins
const TOLD = 2; // milliseconds that a coarse clock tells well enough

/** Milliseconds of every job, the middle of its rounds, the answer read. */
export async function times(device, step) {
  const { photo, soft, hard } = pictures(SIDE, SIDE);
  const given = {
    photo: device.image(photo, [SIDE, SIDE, 4]),
    soft: device.mask(soft, [SIDE, SIDE]),
    hard: device.mask(hard, [SIDE, SIDE]),
    width: SIDE,
    height: SIDE,
  };
  const into = new Uint8Array(SIDE * SIDE);
  const found = {};
  const all = Object.entries(jobs);
  for (const [i, [name, job]] of all.entries()) {
    found[name] = await middle(async () => {
      const mask = job(given);
      await mask.bytes({ into: into.subarray(0, mask.size) });
      mask.dispose();
    });
    await step(i + 1, all.length);
  }
  for (const one of [given.photo, given.soft, given.hard]) one.dispose();
  return found;
}

async function middle(run) {
  let many = 1;
  await run();
  const rounds = [];
  for (const end = performance.now() + SPENT; !rounds.length || performance.now() < end; ) {
    const begun = performance.now();
    for (let i = 0; i < many; i++) await run();
    const spent = performance.now() - begun;
    if (spent >= TOLD) rounds.push(spent / many);
    else many *= 2;
  }
  rounds.sort((a, b) => a - b);
  return Number(rounds[rounds.length >> 1].toPrecision(3));
}
