// Masks of a camera, in a Chromium with a simulated camera: frames are shown, closed and counted, and nothing leaks.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPage, serve } from './browsers.js';

let server: Awaited<ReturnType<typeof serve>>;
let browser: Awaited<ReturnType<typeof openPage>>;
beforeAll(async () => {
  const site = mkdtempSync(join(tmpdir(), 'chromask-video-'));
  execFileSync(process.execPath, ['scripts/play.mjs', '--out', site]);
  server = await serve(site);
  const camera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  browser = await openPage('--enable-unsafe-swiftshader', ...camera);
  // every frame that is made, to see that it is closed
  await browser.page.evaluateOnNewDocument(`{
    const Own = globalThis.VideoFrame;
    globalThis.made = [];
    globalThis.VideoFrame = class extends Own {
      constructor(...given) {
        super(...given);
        made.push(this);
      }
    };
  }`);
  await browser.page.goto(`${server.url}/playground/video/index.html`);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
});

it('shows masks of its frames, closes every one, counts what was overtaken, and holds no more than at first', async () => {
  const { page } = browser;
  await page.click('#camera');
  const seconds = () =>
    page.evaluate('({ ...document.body.dataset })') as Promise<
      Record<'frames' | 'shown' | 'dropped' | 'slots' | 'held', string>
    >;
  await page.waitForFunction('Number(document.body.dataset.shown) > 5', { timeout: 60_000 });
  const first = await seconds();
  await page.waitForFunction(`Number(document.body.dataset.shown) > ${Number(first.shown) + 20}`, { timeout: 60_000 });
  const later = await seconds();
  expect(Number(later.slots)).toBeLessThanOrEqual(Number(first.slots) + 3);
  expect(Number(later.held)).toBeLessThanOrEqual(Number(first.held) + 3 * 640 * 480 * 4);
  // the camera's picture moves, and the mask is laid over it
  const colours = await page.evaluate(`(() => {
    const canvas = document.querySelector('#shown');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  })()`);
  expect(colours).toBeGreaterThan(3);
  await page.click('#stop');
  await page.waitForFunction('made.every((frame) => frame.format === null && frame.codedWidth === 0)');
  const all = await page.evaluate('made.length');
  expect(all).toBeGreaterThanOrEqual(Number(later.shown) + Number(later.dropped));
  expect(await page.$eval('#state', (one) => one.textContent)).toMatch(/^(wasm|webgl2), 640 × 480$/);
}, 180_000);
