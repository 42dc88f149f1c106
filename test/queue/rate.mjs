// Pictures a second of the queue with one worker and with two, and what the queue itself costs. `node test/queue/rate.mjs`
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Queue } from 'bullmq';
import { createQueue } from 'chromask/queue';
import { pictures, recipe } from './chaos.mjs';
import { sleep, startRedis } from './redis.mjs';

const cli = resolve('dist/cli.js');
const [count = 1200, width = 640, height = 480, perJob = 100] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'chromask-rate-'));
const redis = await startRedis(join(folder, 'redis'));
console.log(
  `${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}; ${count} pictures of ${width} x ${height}`,
);
const names = await pictures(join(folder, 'in'), count, width, height);

async function measure(name, workers) {
  const queue = await createQueue({ connection: redis.url, name });
  const started = Array.from({ length: workers }, () =>
    spawn(process.execPath, [cli, 'queue', 'work', '--name', name, '--redis', redis.url, '--concurrency', '1'], {
      cwd: folder,
      stdio: 'ignore',
    }),
  );
  // a job each, so that no start of a process is measured
  const warm = names.slice(0, workers).map((input) => ({ input: `in/${input}`, output: `${name}/warm/${input}` }));
  await queue.add(warm, { recipe, perJob: 1 });
  await empty(queue);
  const added = performance.now();
  await queue.add(
    names.map((input) => ({ input: `in/${input}`, output: `${name}/${input}` })),
    { recipe, perJob },
  );
  const adding = performance.now() - added;
  await empty(queue);
  const raw = new Queue(name, { connection: { url: redis.url } });
  const jobs = (await raw.getJobs(['completed'], 0, -1)).filter(({ data }) => data.pictures.length > 1);
  const span = Math.max(...jobs.map((job) => job.finishedOn)) - Math.min(...jobs.map((job) => job.processedOn));
  const work = jobs.reduce((sum, job) => sum + job.returnvalue.ms, 0);
  for (const worker of started) worker.kill('SIGTERM');
  await Promise.all([raw.close(), queue.close()]);
  return { rate: (count / span) * 1000, cost: (span * workers - work) / count, adding: adding / count };
}

async function empty(queue) {
  for (;;) {
    const { jobs } = await queue.status();
    if (jobs.waiting + jobs.active + jobs.delayed === 0) return;
    await sleep(100);
  }
}

try {
  const one = await measure('one', 1);
  const two = await measure('two', 2);
  console.log(
    `1 worker:  ${one.rate.toFixed(1)} pictures a second; the queue costs ${one.cost.toFixed(3)} ms a picture`,
  );
  console.log(`           adding costs ${one.adding.toFixed(3)} ms a picture`);
  console.log(`2 workers: ${two.rate.toFixed(1)} pictures a second, ${(two.rate / one.rate).toFixed(2)} times as many`);
  console.log(`load ${loadavg()[0].toFixed(1)}`);
} finally {
  await redis.kill();
  await sleep(500);
  rmSync(folder, { recursive: true, force: true });
}
