// A peer in its own process: reads jobs as JSON lines, measures them itself, and returns a hash of each result.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const { makers } = await import(`./peers/${process.argv[2]}.mjs`);
let job;

/** Milliseconds of the clock or, on machines that others use too, of the processor. */
const clock =
  process.env.BENCH_CLOCK === 'cpu'
    ? () => {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1000;
      }
    : () => performance.now();

const commands = {
  can: ({ names }) => names.filter((name) => Object.hasOwn(makers, name)),
  async open({ name, width, height, files }) {
    job = undefined;
    const reads = Object.fromEntries(Object.entries(files).map(([key, file]) => [key, bytesOf(file)]));
    job = await makers[name]({ width, height, ...reads });
    return true;
  },
  async time() {
    const begun = clock();
    await job.run();
    return clock() - begun;
  },
  async answer({ file }) {
    const result = await job.answer();
    const bytes = new Uint8Array(result.buffer, result.byteOffset, result.byteLength);
    if (file) writeFileSync(file, bytes);
    const hash = createHash('sha256');
    // it cannot hash more than 2 GiB at once
    for (let at = 0; at < bytes.length; at += 2 ** 30) hash.update(bytes.subarray(at, at + 2 ** 30));
    return { hash: hash.digest('hex'), length: bytes.length };
  },
  memory: () => process.memoryUsage().rss,
};

/** An exact copy without Buffer's pool or padding. */
function bytesOf(file) {
  const data = readFileSync(file);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...given } = JSON.parse(line);
  let reply;
  try {
    reply = { value: await commands[command](given) };
  } catch (error) {
    reply = { error: String(error?.message ?? error).split('\n')[0] };
  }
  process.stdout.write(`\u0001${JSON.stringify(reply)}\n`);
}
process.exit(0);
