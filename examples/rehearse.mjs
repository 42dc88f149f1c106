// A cluster on one machine: a process for each index, as an Indexed Job starts them; some are killed, and tried again.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { encode } from 'chromask/png';

const script = fileURLToPath(new URL('shard.sh', import.meta.url));
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

const recipe = {
  chromask: 1,
  inputs: [{ name: 'image', kind: 'image' }],
  steps: [
    { op: 'channel', params: { name: 'S(HSV)' }, inputs: [0] },
    { op: 'normalize', inputs: [1] },
  ],
  output: 2,
};

export async function rehearse({
  pictures = 200,
  shards = 5,
  parallel = 2,
  kills = 4,
  tries = 3,
  log = () => {},
} = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'chromask-cluster-'));
  try {
    mkdirSync(join(folder, 'in'));
    const lines = [];
    for (let n = 0; n < pictures; n++) {
      const input = `in/${n}.png`;
      writeFileSync(join(folder, input), await picture(n));
      lines.push(JSON.stringify({ input }));
    }
    writeFileSync(join(folder, 'files.jsonl'), lines.join('\n'));
    writeFileSync(join(folder, 'mask.json'), JSON.stringify(recipe));
    const fixed = ['--manifest', 'files.jsonl', '--recipe', 'mask.json', '--quiet', '--concurrency', '1'];
    spawnSync(process.execPath, [cli, ...fixed, '--out', 'whole'], { cwd: folder });

    const failed = new Map();
    const succeeded = [];
    const open = Array.from({ length: shards }, (_, index) => index);
    const made = () => (existsSync(join(folder, 'out')) ? readdirSync(join(folder, 'out')).length : 0);
    let left = kills;
    const pod = (index) =>
      new Promise((done) => {
        const env = {
          ...process.env,
          JOB_COMPLETION_INDEX: String(index),
          SHARDS: String(shards),
          CHROMASK: `${process.execPath} ${cli}`,
          ...{ MANIFEST: 'files.jsonl', RECIPE: 'mask.json', OUT: 'out' },
        };
        const child = spawn('sh', [script], { cwd: folder, env, stdio: ['ignore', 'pipe', 'ignore'] });
        child.stdout.once('data', () => {
          // after its first picture, so that it dies in the middle of its work
          if (left <= 0) return;
          left--;
          child.kill('SIGKILL');
          log(`index ${index} killed, ${made()} masks`);
        });
        child.once('exit', (code) => done(code));
      });
    const node = async () => {
      for (let index = open.shift(); index !== undefined; index = open.shift()) {
        const code = await pod(index);
        if (code === 0) {
          succeeded.push(index);
          continue;
        }
        const count = (failed.get(index) ?? 0) + 1;
        failed.set(index, count);
        // backoffLimitPerIndex
        if (count <= tries) open.push(index);
        else log(`index ${index} failed ${count} times`);
      }
    };
    await Promise.all(Array.from({ length: parallel }, node));
    const names = (place) => readdirSync(join(folder, place)).filter((name) => !name.startsWith('.'));
    const expected = names('whole');
    const found = names('out');
    const bytes = (place, name) => readFileSync(join(folder, place, name));
    return {
      killed: kills - left,
      succeeded: succeeded.sort((a, b) => a - b),
      missing: expected.filter((name) => !found.includes(name)),
      extra: found.filter((name) => !expected.includes(name)),
      different: found.filter((name) => expected.includes(name) && !bytes('out', name).equals(bytes('whole', name))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function picture(n) {
  const [width, height] = [160, 120];
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * (n + 3)) ^ (i >> (n % 9)));
  return encode({ width, height, channels: 3, bitDepth: 8, data });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const result = await rehearse({ log: console.log });
  console.log(result);
  const { missing, extra, different } = result;
  process.exitCode = missing.length || extra.length || different.length ? 1 : 0;
}
