// npm run bench -- [--job J2,J3] [--against pillow,opencv] [--size 1k,4k] [--rounds 7] [--threads 1,2] [--check]
// [--best] [--cpu] [--slow] [--extras] One process for each peer, alternating rounds, medians (or the best rounds)
// and their ratios. Every answer is compared with the exact one.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bulk } from './bulk.mjs';
import { chart } from './chart.mjs';
import { firstUse, growth, shapes } from './extras.mjs';
import { jobs, peers } from './jobs.mjs';
import { Peer } from './peer.mjs';
import { file, folder, sizes } from './pictures.mjs';
import { markdown, print, printThreads } from './table.mjs';

const { values: asked } = parseArgs({
  options: {
    job: { type: 'string' },
    against: { type: 'string' },
    size: { type: 'string', default: '1k,4k' },
    rounds: { type: 'string', default: '7' },
    threads: { type: 'string', default: '1' },
    check: { type: 'boolean', default: false },
    best: { type: 'boolean', default: false },
    cpu: { type: 'boolean', default: false },
    slow: { type: 'boolean', default: false },
    extras: { type: 'boolean', default: false },
    out: { type: 'string', default: 'results' },
  },
});
const list = (text, known) => {
  const names = text?.split(',') ?? known;
  for (const name of names) if (!known.includes(name)) throw new Error(`${name} is not one of ${known.join(', ')}`);
  return names;
};
const rounds = Number(asked.rounds);
// read by every peer: measure the processor's time of its process instead of the clock's
if (asked.cpu) process.env.BENCH_CLOCK = 'cpu';
/** Milliseconds of each job before its times count. */
const WARM = 250;
/** Jobs that take this long are measured once; those that take a minute have no warm-up. */
const LONG = 4000;
const MINUTE = 60_000;
// on a machine that others use too, the least disturbed round says more than the median
const middle = asked.best ? (times) => Math.min(...times) : median;
/** `bulk` measures whole programs over folders, only if named. */
const asksBulk = asked.job?.split(',').includes('bulk');
const jobNames = list(asked.job, [...Object.keys(jobs), ...(asksBulk ? ['bulk'] : [])]).filter((name) => jobs[name]);
const against = list(
  asked.against,
  Object.keys(peers).filter((name) => name !== 'chromask'),
);
const names = ['chromask', ...against].filter((name) => asked.slow || asked.against || !peers[name].slow);

/** Everything is measured on one thread first, then, in the same rounds, on more threads if it can use them. */
const threads = [...new Set([1, ...asked.threads.split(',').map(Number)])];
if (threads.some((n) => !Number.isInteger(n) || n < 1 || n > 32))
  throw new Error('--threads are whole numbers from 1 to 32');

const team = [];
for (const name of names) {
  for (const n of threads.filter((n) => n === 1 || peers[name].threads)) {
    const peer = await Peer.start(name, Object.keys(jobs), n);
    if (peer.missing) console.log(`${name} is left out: ${peer.missing}`);
    else team.push(peer);
  }
}
const exact = await Peer.start('js', Object.keys(jobs));

const results = [];
/** Jobs on more than one thread. */
const shared = [];
for (const size of list(asked.size, Object.keys(sizes))) {
  for (const name of jobNames) {
    const place = jobs[name].sizes && size === '4k' && !asked.size.includes('hd') ? 'hd' : size;
    if (jobs[name].sizes && !jobs[name].sizes.includes(place)) continue;
    const measured = await measure(name, place);
    const alone = measured.filter(({ threads }) => threads === 1);
    results.push(...alone.map(({ threads: _, ...line }) => line));
    shared.push(...measured.filter(({ threads }) => threads > 1));
    print(name, place, jobs[name], alone);
    printThreads(measured);
  }
}

const report = {
  machine: `${cpus().length} x ${cpus()[0].model.trim()}, Node ${process.version}`,
  date: new Date().toISOString().slice(0, 10),
  rounds,
  of: asked.best ? 'best rounds' : 'medians',
  results,
  ...(shared.length ? { shared } : {}),
};
for (const peer of [...team, exact]) peer.stop();
if (asksBulk) report.bulk = await bulk({ workers: threads, rounds: Math.min(rounds, 5), middle, against });
if (asked.extras)
  Object.assign(report, { first: await firstUse(middle), growth: await growth(middle), shapes: await shapes(middle) });
const at = (name) => fileURLToPath(new URL(name, import.meta.url));
writeFileSync(at(`${asked.out}.json`), `${JSON.stringify(report, null, 1)}\n`);
writeFileSync(at(`${asked.out}.svg`), chart(report));
console.log(`\n${markdown(report)}`);

if (asked.check) {
  const floors = JSON.parse(readFileSync(at('floors.json'), 'utf8'));
  const failures = [];
  for (const { job, peer, ratio, size } of results) {
    const floor = floors[job]?.[peer];
    if (size !== '1k' && floor && ratio < floor)
      failures.push(`${job} ${size}: ${ratio.toFixed(2)} x ${peer}, the floor is ${floor}`);
  }
  for (const { job, peer, verdict } of results) {
    if (peer === 'chromask' && (verdict ? !/^(exact|near)/.test(verdict) : !jobs[job].exact))
      failures.push(`${job}: chromask is ${verdict}`);
  }
  for (const failure of failures) console.error(failure);
  process.exitCode = failures.length ? 1 : 0;
}

async function measure(name, size) {
  const [width, height] = sizes[size];
  const files = {};
  for (const picture of jobs[name].reads) files[picture] = await file(picture, size);
  // Closures of one loop share V8's type feedback, so a second job would be slowed by the first one.
  const plain = team.findIndex((peer) => peer.name === 'js');
  if (plain >= 0) {
    team[plain].stop();
    team[plain] = await Peer.start('js', Object.keys(jobs));
  }
  const lines = [];
  for (const peer of team) {
    if (!peer.jobs.includes(name)) continue;
    const line = { job: name, size, peer: peer.name, threads: peer.threads, times: [], process: peer };
    try {
      await peer.ask('open', { name, width, height, files });
      // twice, and more often if that takes no time, because just-in-time compiled code needs some rounds
      let last = await peer.ask('time');
      for (let spent = 0, n = 0; last < MINUTE && (n < 1 || (spent < WARM && n < 200)); n++) {
        last = await peer.ask('time');
        spent += last;
      }
      if (last > LONG) line.times.push(last);
    } catch (error) {
      line.error = error.message;
    }
    lines.push(line);
  }
  for (let round = 0; round < rounds; round++) {
    for (const line of lines) {
      if (!line.error && !(line.times.length && line.times[0] > LONG)) line.times.push(await line.process.ask('time'));
    }
  }
  await judge(name, { width, height, files }, lines);
  const ours = (threads) => lines.find((line) => line.peer === 'chromask' && line.threads === threads);
  return lines.map(({ process: _, times, ...line }) => {
    const ms = middle(times);
    // against chromask on as many threads, and against itself on one thread
    const alone = lines.find(({ peer, threads }) => peer === line.peer && threads === 1);
    const gain = line.threads > 1 && alone ? { gain: middle(alone.times) / ms } : {};
    return { ...line, ms, ratio: ms / middle(ours(line.threads)?.times ?? []), ...gain };
  });
}

/** The exact answer, by plain loops in this run. PNG files are judged by what they decode to. */
async function judge(name, given, lines) {
  const right = {};
  if (jobs[name].file) {
    const { unpng } = await import('./peers/js.mjs');
    const pixels = readFileSync(given.files.a);
    for (const line of lines.filter((line) => !line.error)) {
      const path = `${folder}/answer`;
      const { length } = await line.process.ask('answer', { file: path });
      line.bytes = length;
      line.verdict = readable(() => Buffer.compare(Buffer.from(unpng(readFileSync(path))), pixels) === 0);
    }
    return;
  }
  const known = jobs[name].exact;
  const from =
    known === 'inside'
      ? inside(given.files.a)
      : known
        ? lines.find(({ peer, error }) => peer === known && !error)?.process
        : exact;
  if (!from) return;
  if (!known) {
    await exact.ask('open', { name, ...given });
    await exact.ask('time');
  }
  Object.assign(right, await from.ask('answer', {}));
  let written = false;
  for (const line of lines.filter((line) => !line.error && line.peer !== 'memcpy')) {
    const { hash, length } = await line.process.ask('answer', {});
    if (hash === right.hash) line.verdict = 'exact';
    else if (length !== right.length) line.verdict = `wrong: ${length} bytes instead of ${right.length}`;
    else {
      if (!written) await from.ask('answer', { file: `${folder}/exact` });
      written = true;
      await line.process.ask('answer', { file: `${folder}/answer` });
      line.verdict = off(
        readFileSync(`${folder}/exact`),
        readFileSync(`${folder}/answer`),
        /, float32/.test(jobs[name].what),
        jobs[name].near,
      );
    }
  }
}

/** The pixels above one half, in the form of a peer's answer. */
function inside(path) {
  const bytes = readFileSync(path).map((v) => (v > 127 ? 255 : 0));
  return {
    async ask(_, { file }) {
      if (file) writeFileSync(file, bytes);
      return { hash: createHash('sha256').update(bytes).digest('hex'), length: bytes.length };
    },
  };
}

function readable(test) {
  try {
    return test() ? 'exact' : 'wrong: other pixels';
  } catch (error) {
    return `wrong: ${error.message}`;
  }
}

function off(right, got, float, near = 0) {
  const numbers = (data) => (float ? new Float32Array(data.buffer, data.byteOffset, data.length / 4) : data);
  const [p, q] = [numbers(right), numbers(got)];
  let count = 0;
  let most = 0;
  for (let i = 0; i < p.length; i++) {
    if (p[i] === q[i]) continue;
    count++;
    most = Math.max(most, Math.abs(p[i] - q[i]));
  }
  if (most <= near) return `near: within ${Number(most.toPrecision(2))}`;
  return `wrong: ${((100 * count) / p.length).toPrecision(2)} % off by up to ${Number(most.toPrecision(3))}`;
}

function median(times) {
  const sorted = [...times].sort((p, q) => p - q);
  return sorted.length ? (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2 : Number.NaN;
}
