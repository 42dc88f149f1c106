// Three workers are each killed twice, and Redis once. Afterwards every mask exists, with the bytes of a serial run,
// and every failure is listed. `node test/queue/chaos.mjs 2000` runs it at any size; the suite uses a small one.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { encode } from 'chromask/png';
import { sleep, startRedis } from './redis.mjs';

const run = promisify(execFile);
const cli = resolve('dist/cli.js');

export const recipe = {
  chromask: 1,
  inputs: [{ name: 'image', kind: 'image' }],
  steps: [
    { op: 'channel', params: { name: 'L(LAB)' }, inputs: [0] },
    { op: 'normalize', inputs: [1] },
    { op: 'grow', params: { expand: 2 }, inputs: [2] },
  ],
  output: 3,
};

/** `count` different pictures in `folder`, and their names. */
export async function pictures(folder, count, width = 320, height = 240) {
  mkdirSync(folder, { recursive: true });
  const names = [];
  for (let n = 0; n < count; n++) {
    const data = new Uint8Array(width * height * 3);
    for (let i = 0, at = 0; i < width * height; i++) {
      const [x, y] = [i % width, Math.floor(i / width)];
      data[at++] = x + n;
      data[at++] = (y * 3) ^ n;
      data[at++] = (x * y) >> (n % 7);
    }
    const name = `p${String(n).padStart(5, '0')}.png`;
    writeFileSync(join(folder, name), await encode({ width, height, channels: 3, bitDepth: 8, data }));
    names.push(name);
  }
  return names;
}

export async function chaos({ count, perJob = 20, kills = 2, seed = Date.now() % 2 ** 31, log = () => {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'chromask-chaos-'));
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const redis = await startRedis(join(folder, 'redis'));
  const workers = [];
  try {
    log(`seed ${seed}, ${count} pictures`);
    const good = await pictures(join(folder, 'in'), count);
    const bad = ['text.png', 'cut.png', 'absent.png'];
    writeFileSync(join(folder, 'in', 'text.png'), 'hello');
    writeFileSync(join(folder, 'in', 'cut.png'), readFileSync(join(folder, 'in', good[0])).subarray(0, 2000));
    const recipeFile = join(folder, 'mask.json');
    writeFileSync(recipeFile, JSON.stringify(recipe));
    const serialStart = performance.now();
    spawnSync(process.execPath, [cli, 'in', '--recipe', recipeFile, '-o', 'serial', '--concurrency', '1', '--quiet'], {
      cwd: folder,
    });
    const serialSeconds = (performance.now() - serialStart) / 1000;
    log(`serial: ${(count / serialSeconds).toFixed(1)} pictures a second`);
    const all = [...good];
    for (const name of bad) all.splice(Math.floor(random() * all.length), 0, name);
    const lines = all.map((name) => JSON.stringify({ input: `in/${name}`, output: `out/${name}` }));
    writeFileSync(join(folder, 'list.jsonl'), lines.join('\n'));
    const queue = (...args) => run(process.execPath, [cli, 'queue', ...args, '--redis', redis.url], { cwd: folder });
    await queue('add', '--manifest', 'list.jsonl', '--recipe', recipeFile, '--per-job', String(perJob));

    const start = (i) => {
      const args = [cli, 'queue', 'work', '--redis', redis.url, '--concurrency', '1', '--lock', '2000'];
      // a group of its own, so that the worker dies together with its processes
      workers[i] = spawn(process.execPath, args, { cwd: folder, detached: true, stdio: 'ignore' });
    };
    const made = () => {
      try {
        return readdirSync(join(folder, 'out')).length;
      } catch {
        return 0;
      }
    };
    for (let i = 0; i < 3; i++) start(i);
    const began = performance.now();
    const events = Array.from({ length: 3 * kills }, (_, i) => ({ worker: i % 3 }));
    events.splice(Math.floor(random() * events.length), 0, { redis: true });
    const points = events.map(() => 0.02 + random() * 0.8).sort((a, b) => a - b);
    for (const [i, event] of events.entries()) {
      while (made() < points[i] * count) await sleep(10);
      await sleep(random() * 50);
      if (event.redis) {
        await redis.kill();
        await sleep(500);
        await redis.start();
        log(`${made()} made: Redis killed and started again`);
        continue;
      }
      process.kill(-workers[event.worker].pid, 'SIGKILL');
      log(`${made()} made: worker ${event.worker} killed`);
      start(event.worker);
    }
    for (;;) {
      const { stdout } = await queue('status', '--json');
      const { jobs } = JSON.parse(stdout);
      if (jobs.waiting + jobs.active + jobs.delayed === 0) break;
      await sleep(200);
    }
    const seconds = (performance.now() - began) / 1000;
    const failures = await queue('failures', '--json').catch((error) => error);
    const listed = failures.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const outputs = readdirSync(join(folder, 'out')).sort();
    const bytes = (place, name) => readFileSync(join(folder, place, name));
    return {
      seconds,
      serialSeconds,
      events: events.length,
      missing: good.filter((name) => !outputs.includes(name)),
      extra: outputs.filter((name) => !good.includes(name)),
      different: outputs.filter(
        (name) => good.includes(name) && !same(bytes('out', name), bytes('serial', serial(name))),
      ),
      failures: listed.map(({ input }) => input).sort(),
      codes: Object.fromEntries(listed.map(({ input, error }) => [input, error.code])),
      expected: bad.map((name) => `in/${name}`).sort(),
    };
  } finally {
    for (const worker of workers) {
      try {
        process.kill(-worker.pid, 'SIGKILL');
      } catch {} // gone already
    }
    await redis.kill();
    await sleep(200);
    rmSync(folder, { recursive: true, force: true });
  }
}

const serial = (name) => name.replace(/\.png$/, '.mask.png');
const same = (a, b) => a.length === b.length && a.equals(b);

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [count = 2000, perJob = 50] = process.argv.slice(2).map(Number);
  console.log(`${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}`);
  const result = await chaos({ count, perJob, log: console.log });
  console.log(result);
  const { missing, extra, different, failures, expected } = result;
  const right = !missing.length && !extra.length && !different.length && String(failures) === String(expected);
  console.log(right ? 'all there, all equal, all failures listed' : 'WRONG');
  process.exitCode = right ? 0 : 1;
}
