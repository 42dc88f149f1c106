// Drags on the playground: the time from a pointer's move to the first frame that shows it or something newer, on
// WASM.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from '../../dist/png.js';
import { inPlayground } from './browser.mjs';

export const promise =
  'a drag in the playground shows within 50 ms at 1080p and 100 ms at 48 megapixels, 19 times of 20';

const pictures = [
  { name: '1080p', width: 1920, height: 1080, most: 50 },
  { name: '48 MP', width: 8000, height: 6000, most: 100 },
];
/** Milliseconds between two moves, like a mouse at 60 Hz. */
const STEP = 16;

export const run = ({ full, note }) =>
  inPlayground([], async (page, url) => {
    const folder = mkdtempSync(join(tmpdir(), 'chromask-drag-'));
    await page.setViewport({ width: 1440, height: 900 });
    await page.evaluateOnNewDocument(watch);
    await page.goto(`${url}/index.html`);
    await rest(page);
    let tried = 0;
    for (const { name, most, ...size } of pictures) {
      const file = join(folder, `${name}.png`);
      writeFileSync(file, await photo(size));
      await (await page.$('#file')).uploadFile(file);
      await page.waitForFunction(
        (wanted) => document.querySelector('#file-name').textContent === wanted,
        { timeout: 120_000 },
        `${name}.png`,
      );
      await rest(page);
      for (const [what, drag] of Object.entries(drags)) {
        await page.evaluate(() => watched.clear());
        await drag(page, full ? 240 : 60);
        await rest(page);
        const late = (await page.evaluate(() => watched.late())).sort((a, b) => a - b);
        const at = (share) => late[Math.min(late.length - 1, Math.floor(late.length * share))];
        console.log(
          `drag, ${name}, ${what}: ${late.length} moves, median ${at(0.5).toFixed()} ms, 95 % ${at(0.95).toFixed()} ms`,
        );
        if (at(0.95) > most) note(`${name}, ${what}: ${at(0.95).toFixed()} ms, and ${most} was promised`);
        tried += late.length;
      }
    }
    rmSync(folder, { recursive: true });
    return tried;
  }).then((tried) => tried ?? 0);

async function rest(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForFunction(() => document.body.dataset.state === 'rest', { timeout: 120_000 });
}

/** Soft shapes, edges and grain, so that levels, wand and outlines have as much to do as on a photo. */
async function photo({ width, height }) {
  const data = new Uint8Array(width * height * 3);
  let grain = 1;
  for (let y = 0, i = 0; y < height; y++) {
    const [v, row] = [y / height, Math.sin((y / height) * 19)];
    for (let x = 0; x < width; x++) {
      const u = x / width;
      const ball = (u - 0.6) ** 2 + (v - 0.5) ** 2 < 0.06 ? 90 : 0;
      grain = (grain * 1664525 + 1013904223) >>> 0;
      const noise = (grain >>> 28) - 8;
      data[i++] = 70 + 60 * u + 30 * row + ball + noise;
      data[i++] = 90 + 50 * v + noise;
      data[i++] = 160 - 80 * v + 20 * row - ball / 2 + noise;
    }
  }
  return encode({ data, width, height, channels: 3 }, { level: 'fast' });
}

/** Runs in the page and records when each move came, and when it was first shown. */
function watch() {
  let moves = [];
  let shown = [];
  globalThis.watched = {
    clear: () => {
      moves = [];
      shown = [];
    },
    late: () =>
      moves.flatMap(({ time, seq }) => {
        const first = shown.find((one) => one.seq >= seq);
        return first ? [first.time - time] : [];
      }),
  };
  addEventListener('DOMContentLoaded', () => {
    let last;
    const moved = ({ timeStamp }) => {
      const seq = Number(document.body.dataset.asked);
      if (seq !== last) moves.push({ time: timeStamp, seq });
      last = seq;
    };
    for (const name of ['pointermove', 'input']) addEventListener(name, moved);
    new MutationObserver(() => {
      const seq = Number(document.body.dataset.shown);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => shown.push({ seq, time: performance.now() });
        port2.postMessage(0);
      });
    }).observe(document.body, { attributeFilter: ['data-shown'] });
  });
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

async function pull(page, from, count, place) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  let next = performance.now();
  for (let i = 1; i <= count; i++) {
    const { x, y } = place(i);
    await page.mouse.move(x, y);
    next += STEP;
    await wait(Math.max(0, next - performance.now()));
  }
  await page.mouse.up();
}

const middle = async (page, selector) => {
  const { x, y, width, height } = await (await page.$(selector)).boundingBox();
  return { x: x + width / 2, y: y + height / 2, width };
};
/** Back and forth, so that a drag of any length stays inside. */
const swing = (i, span) => (span / 2) * (1 - Math.cos(i / 12));

const drags = {
  async levels(page, count) {
    const at = await middle(page, '[data-point="black"]');
    await pull(page, at, count, (i) => ({ x: at.x + swing(i, 90), y: at.y }));
  },
  async softness(page, count) {
    const at = await middle(page, '#blur');
    const left = at.x - at.width / 2 + 8;
    await pull(page, { x: left, y: at.y }, count, (i) => ({ x: left + swing(i, 60), y: at.y }));
    await page.click('#reset-refine');
  },
  async wand(page, count) {
    const at = await middle(page, '#stage');
    await pull(page, { x: at.x + 60, y: at.y }, count, (i) => ({ x: at.x + 60 + swing(i, 120), y: at.y }));
    await page.click('#clear-marks');
  },
};
