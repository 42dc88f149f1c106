// npm run bench -- show [--only V1,V2] [--against byHand,konva] [--rounds 15] [--best]: measures display in
// Chromium, on WASM. Peers take turns frame by frame; numbers are medians, or the best. A frame ends when the
// browser asks for the next one, without a limit on its rate; `script` is the page's own share. What each peer shows
// is compared with the painter written by hand. Then V2 runs at the screen's rate.
import { execSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pages } from '../../scripts/browsers.mjs';
import { jobs } from './jobs.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const PEERS = ['chromask', 'byHand', 'opencv', 'konva', 'fabric'];
const { values: asked } = parseArgs({
  args: process.argv.slice(2).filter((one) => one !== 'show'),
  options: {
    only: { type: 'string', default: Object.keys(jobs).join() },
    against: { type: 'string', default: PEERS.slice(1).join() },
    rounds: { type: 'string', default: '15' },
    best: { type: 'boolean', default: false },
  },
});
const names = asked.only.split(',');
const peers = ['chromask', ...asked.against.split(',')];
for (const one of names) if (!jobs[one]) throw new Error(`${one} is not one of ${Object.keys(jobs).join(', ')}`);
for (const one of peers) if (!PEERS.includes(one)) throw new Error(`${one} is not one of ${PEERS.join(', ')}`);
const rounds = Number(asked.rounds);
/** Frames that do not count yet, milliseconds of a drag, and drags of each peer. */
const [WARM, DRAG, TURNS] = [6, 2000, 3];
/** Pixels between two that are compared. */
const STEP = 97;

if (!existsSync(join(here, 'node_modules'))) execSync('npm ci', { cwd: here, stdio: 'inherit' });
if (!existsSync(join(here, '../../dist/chromask.js')))
  execSync('npm run build', { cwd: join(here, '../..'), stdio: 'inherit' });

process.chdir(join(here, '../..'));
const { openPage, serve } = await pages();
const server = await serve('.');

const report = {
  machine: `${cpus().length} x ${cpus()[0].model.trim()}`,
  date: new Date().toISOString().slice(0, 10),
  rounds,
  results: [],
};
await inPage(['--disable-frame-rate-limit', '--disable-gpu-vsync'], async (page, version) => {
  report.browser = version;
  for (const name of names) report.results.push(...(await measured(page, name)));
});
if (names.includes('V2')) {
  await inPage([], async (page) => {
    const drag = (peer) => page.evaluate((peer, ms) => window.drag(peer, ms), peer, DRAG);
    const lines = report.results.filter(({ job }) => job === 'V2').map((line) => ({ line, paces: [] }));
    const still = [];
    for (let turn = 0; turn < TURNS; turn++) {
      still.push(await drag());
      for (const { line, paces } of lines) {
        await page.evaluate((peer) => window.prepare(peer, 'V2'), line.peer);
        paces.push(await drag(line.peer));
        await page.evaluate(() => window.end());
      }
    }
    report.still = median(still);
    for (const { line, paces } of lines) line.second = median(paces);
  });
}
server.close();

for (const { job, peer, own, frame, ratio, most, second } of report.results) {
  const pace = second === undefined ? '' : `, ${second.toFixed(1)} frames a second`;
  const seen = peer === 'byHand' ? '' : `, off by up to ${most}`;
  console.log(
    `${job} ${peer.padEnd(9)} script ${own.toFixed(1).padStart(7)} ms, frame ${frame.toFixed(1).padStart(7)} ms, ${ratio.script.toFixed(2)}x and ${ratio.frame.toFixed(2)}x chromask's${seen}${pace}`,
  );
}
writeFileSync(join(here, 'results.json'), `${JSON.stringify(report, null, 1)}\n`);
const hand = (job) => report.results.find((one) => one.job === job && one.peer === 'byHand');
const ours = (job) => report.results.find((one) => one.job === job && one.peer === 'chromask');
for (const job of names.filter(hand))
  console.log(`${job}: ${verdict(hand(job).ratio.script >= 1)}, at least as fast as the painter written by hand`);
if (report.still) console.log(`V2: the browser alone asks for ${report.still.toFixed(1)} frames a second`);
if (names.includes('V2')) console.log(`V2: ${verdict(ours('V2').second > 58)}, 60 frames a second`);

function verdict(met) {
  if (!met) process.exitCode = 1;
  return met ? 'met' : 'MISSED';
}

async function inPage(args, use) {
  const { page, close } = await openPage(...args);
  try {
    page.setDefaultTimeout(300_000);
    await page.setViewport({ width: 1280, height: 900 });
    page.on('pageerror', (error) => console.error(String(error)));
    await page.goto(`${server.url}/bench/show/page.html`);
    await page.waitForFunction('window.ready');
    await use(page, await page.browser().version());
  } finally {
    await close();
  }
}

async function measured(page, name) {
  const lines = [];
  let wanted;
  for (const peer of ['byHand', ...peers.filter((one) => one !== 'byHand')].filter((one) => peers.includes(one))) {
    const prepared = await page
      .evaluate((peer, name) => window.prepare(peer, name), peer, name)
      .catch((error) => void console.log(`${name}: ${peer} is left out: ${error.message.split('\n')[0]}`));
    if (!prepared) continue;
    const seen = await page.evaluate((peer, step) => window.seen(peer, 3, step), peer, STEP);
    wanted ??= seen;
    const most = seen.reduce((sum, v, i) => Math.max(sum, Math.abs(v - wanted[i])), 0);
    lines.push({ job: name, peer, most, times: [] });
  }
  for (let round = 0; round < WARM + rounds; round++) {
    for (const { peer, times } of lines) {
      const time = await page.evaluate((peer, i) => window.frame(peer, i), peer, round);
      if (round >= WARM) times.push(time);
    }
  }
  await page.evaluate(() => window.end());
  const all = lines.map(({ times, ...line }) => ({
    ...line,
    own: middle(times.map(({ own }) => own)),
    frame: middle(times.map(({ whole }) => whole)),
  }));
  const ours = all.find(({ peer }) => peer === 'chromask');
  return all.map((line) => ({ ...line, ratio: { script: line.own / ours.own, frame: line.frame / ours.frame } }));
}

/** Of times: the median, or the best. */
function middle(times) {
  return asked.best ? Math.min(...times) : median(times);
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}
