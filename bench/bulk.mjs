// Measures whole programs over a folder: pictures a second, and the greatest memory of all their processes. Each one
// computes the lightness (L of Lab) of every picture and writes it as a gray PNG, by n workers of one thread each.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { file, folder, sizes } from './pictures.mjs';
import { number } from './table.mjs';

const at = (name) => fileURLToPath(new URL(name, import.meta.url));
/** Pictures in a folder, and how many of them differ. */
const MANY = 48;
const OTHERS = 6;
/** Milliseconds between two measurements of memory. */
const LOOK = 40;

const python = (script) => (n, from, to) => ['/usr/bin/python3', at('bulk/python.py'), script, n, from, to];
/** The command for n workers, a folder to read and one to write. */
const programs = {
  chromask: (n, from, to) => [
    process.execPath,
    at('../dist/cli.js'),
    from,
    '--out',
    to,
    '--concurrency',
    n,
    '--force-concurrency',
    '--quiet',
    '--device',
    'wasm',
  ],
  pillow: python('pillow'),
  opencv: python('opencv'),
  sharp: (n, from, to) => [process.execPath, at('bulk/sharp.mjs'), n, from, to],
};

export async function bulk({ workers, rounds, middle, against }) {
  const out = [];
  const names = Object.keys(programs).filter((name) => name === 'chromask' || against.includes(name));
  for (const format of ['png', 'jpeg']) {
    const from = await pictures(format);
    for (const n of workers) {
      const runs = names.map((name) => ({ name, times: [], peaks: [] }));
      for (let round = 0; round < rounds; round++) {
        for (const run of runs.filter(({ error }) => !error)) {
          try {
            const { ms, peak } = await once(programs[run.name](String(n), from, join(folder, 'bulk-out')));
            run.times.push(ms);
            run.peaks.push(peak);
          } catch (error) {
            run.error = error.message;
          }
        }
      }
      for (const { name, times, peaks, error } of runs) {
        const rate = (MANY * 1000) / middle(times);
        out.push({
          format,
          workers: n,
          peer: name,
          ...(error ? { error } : { rate, mb: Math.max(...peaks) / 2 ** 20 }),
        });
      }
      const [ours] = out.filter((line) => line.format === format && line.workers === n);
      console.log(`\nbulk, ${format} to png, ${MANY} pictures of 1920 x 1080, ${n} ${n === 1 ? 'worker' : 'workers'}`);
      for (const { peer, rate, mb, error } of out.filter((line) => line.format === format && line.workers === n)) {
        const line =
          error ??
          `${number(rate).padStart(6)} a second ${number(ours.rate / rate).padStart(6)} x  ${mb.toFixed(0)} MB`;
        console.log(`  ${peer.padEnd(10)} ${line}`);
      }
    }
  }
  return out;
}

/** A folder of photos, made at the first call. */
async function pictures(format) {
  const into = join(folder, `bulk-${format}`);
  if (existsSync(into)) return into;
  const { default: sharp } = await import('sharp');
  const [width, height] = sizes['4k'];
  const photo = readFileSync(await file('photo', '4k'));
  const part = `${into}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part);
  for (let i = 0; i < OTHERS; i++) {
    const path = join(part, `${i}.${format}`);
    const cut = { left: 320 * i, top: 180 * i, width: 1920, height: 1080 };
    await sharp(photo, { raw: { width, height, channels: 4 } })
      .extract(cut)
      .removeAlpha()
      .toFormat(format, format === 'png' ? { compressionLevel: 6, adaptiveFiltering: true } : { quality: 90 })
      .toFile(path);
    for (let n = i + OTHERS; n < MANY; n += OTHERS) copyFileSync(path, join(part, `${n}.${format}`));
  }
  renameSync(part, into);
  return into;
}

async function once([program, ...args]) {
  const to = args[args.indexOf('--out') + 1] ?? '';
  const into = args.includes('--out') ? to : args.at(-1);
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into);
  const begun = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, memoryOf(child.pid));
  }, LOOK);
  const code = await new Promise((done, failed) => child.on('error', failed).on('close', done));
  const ms = performance.now() - begun;
  clearInterval(look);
  if (code) throw new Error(said.trim().split('\n').at(-1) || `it ended with ${code}`);
  const made = readdirSync(into).length;
  if (made !== MANY) throw new Error(`${made} files instead of ${MANY}`);
  return { ms, peak };
}

/** Bytes of a process and its descendants, shared memory counted once. On Linux only. */
function memoryOf(pid) {
  try {
    const own = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+)/m);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return Number(own?.[1] ?? 0) * 1024 + children.reduce((sum, child) => sum + memoryOf(child), 0);
  } catch {
    return 0; // the process has ended
  }
}
