// A session in the playground: the page on its own server in a real Chromium, and a user's actions and observations.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Device, type MaskBatch, open, openDocument } from 'chromask';
import { runWorkflow } from 'chromask/comfy';
import { decode } from 'chromask/png';
import type { CDPSession, Page } from 'puppeteer';
import { afterAll, beforeAll, expect } from 'vitest';
import { openPage, serve } from '../browsers.js';

const site = mkdtempSync(join(tmpdir(), 'chromask-play-'));
export const saved = mkdtempSync(join(tmpdir(), 'chromask-saved-'));
export const sample = new Uint8Array(readFileSync('sample.png'));
export const pictures = 'out/playground';

let browser: Awaited<ReturnType<typeof openPage>>;
export let server: Awaited<ReturnType<typeof serve>>;
export let page: Page;
let downloads: CDPSession;
export let device: Device;
export const trouble: string[] = [];
export const asked: string[] = [];

/** The page is open, on its sample, before the first test of the file that calls this. */
export function session(): void {
  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/play.mjs', '--out', site]);
    server = await serve(site);
    browser = await openPage('--enable-unsafe-swiftshader');
    ({ page } = browser);
    page.on('pageerror', (error) => trouble.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
    page.on('request', (request) => asked.push(request.url()));
    downloads = await page.createCDPSession();
    await downloads.send('Browser.setDownloadBehavior', {
      behavior: 'allow',
      downloadPath: saved,
      eventsEnabled: true,
    });
    await page
      .browserContext()
      .overridePermissions(server.url, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']);
    await page.setViewport({ width: 1280, height: 800 });
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await page.evaluateOnNewDocument(() => {
      const long: number[] = [];
      Object.assign(window, { long });
      new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration))).observe({
        entryTypes: ['longtask'],
      });
    });
    await page.goto(`${server.url}/playground/index.html`);
    device = await open({ device: 'wasm' });
    await rest();
  }, 120_000);

  afterAll(async () => {
    device?.close();
    await browser?.close();
    server?.close();
  });
}

/** Wait until what was asked for is on the screen and has been compared on all devices. */
export async function rest(): Promise<void> {
  // what an event changed is noticed on the next frame, and shown on the one after it
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForFunction(() => document.body.dataset.state === 'rest', { timeout: 60_000 });
}

export async function click(selector: string): Promise<void> {
  await page.$eval(selector, (element) => (element as HTMLElement).click());
}

/** As a hand does it: type into a number, leave it. */
export async function type(selector: string, value: number | string): Promise<void> {
  await rest();
  await page.waitForSelector(selector, { visible: true });
  await page.focus(selector);
  await page.$eval(selector, (element) => (element as HTMLInputElement).select());
  await page.keyboard.type(String(value));
  await page.keyboard.press('Tab');
}

export async function slide(selector: string, value: number): Promise<void> {
  await page.$eval(
    selector,
    (element, value) => {
      const input = element as HTMLInputElement;
      input.value = String(value);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.dispatchEvent(new Event('change', { bubbles: true }));
    },
    value,
  );
}

export const text = (selector: string): Promise<string> =>
  page.$eval(selector, (element) => (element as HTMLElement).innerText.trim());
export const value = (selector: string): Promise<string> =>
  page.$eval(selector, (element) => (element as HTMLInputElement).value);
export const checked = (selector: string): Promise<boolean> =>
  page.$eval(selector, (element) => (element as HTMLInputElement).checked);

/** By the menu and a real click: a browser asks before it saves many files without a click. */
export async function share(way: string): Promise<void> {
  await page.click('#share');
  await page.click(`[data-share="${way}"]`);
}

/** The file that was saved, when the browser says that it is whole: its name is there, empty, before its bytes are. */
export async function download(way: string): Promise<Buffer> {
  for (const name of readdirSync(saved)) rmSync(join(saved, name));
  const whole = new Promise<void>((done, fail) => {
    const hear = ({ state }: { state: string }): void => {
      if (state === 'inProgress') return;
      downloads.off('Browser.downloadProgress', hear);
      if (state === 'completed') done();
      else fail(new Error(`the download of ${way} was ${state}`));
    };
    downloads.on('Browser.downloadProgress', hear);
  });
  await share(way);
  await whole;
  const [name] = readdirSync(saved);
  return readFileSync(join(saved, name));
}

/** Whether two arrays hold the same bytes: quicker than a comparison that could show where they differ. */
export const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

type Make = (image: Awaited<ReturnType<Device['load']>>) => MaskBatch | Promise<MaskBatch>;

/**
 * The mask on the screen is this one: downloaded, and its workflow run, and its code run. What was selected `byHand` has no
 * workflow and keeps its recipe.
 */
export async function expectMask(make: Make, { of = sample, byHand = false } = {}): Promise<void> {
  await rest();
  const expected = await make(await device.load(of));
  const bytes = await expected.bytes();
  const file = await download('gray');
  expect(same((await decode(file, { format: 'native' })).data as Uint8Array, bytes)).toBe(true);
  const { text: entries } = await decode(file);
  expect(entries.map(({ keyword }) => keyword)).toEqual(byHand ? ['chromask'] : ['prompt', 'workflow']);
  const kept = Object.fromEntries(entries.map(({ keyword, text }) => [keyword, text]));
  expect(same(file, await expected.toPng({ text: kept }))).toBe(true);
  if (byHand) await expectDocument(kept.chromask, of, bytes);
  else await expectWorkflows(kept, await expected.as('uint8').toGray().bytes());
  expect(same(await runCode(of), bytes)).toBe(true);
  expect(await page.$eval('#difference', (one) => (one as HTMLElement).dataset.different)).toBe('0');
}

async function expectWorkflows(kept: Record<string, string>, pixels: Uint8Array): Promise<void> {
  for (const graph of Object.values(kept)) {
    const { outputs } = await runWorkflow(device, graph, { files: { 'sample.png': sample } });
    const [{ image }] = Object.values(outputs);
    expect(same(await image.bytes(), pixels)).toBe(true);
  }
}

async function expectDocument(text: string, of: Uint8Array<ArrayBuffer>, bytes: Uint8Array): Promise<void> {
  const document = JSON.parse(text);
  // the page's own settings are no part of the document
  delete document.playground;
  const { image, rgba } = await device.load(of);
  const given = { picture: image, rgba };
  const inputs = Object.fromEntries(Object.entries(given).filter(([name]) => text.includes(`"name": "${name}"`)));
  const mask = await openDocument(device, document, { inputs });
  expect(same(await mask.bytes(), bytes)).toBe(true);
}

/** The code that the page copies, run here. */
async function runCode(file: Uint8Array): Promise<Uint8Array> {
  await share('code');
  await page.waitForFunction(() => document.querySelector('#toast')?.textContent === 'Copied the code');
  const code = await page.evaluate(() => navigator.clipboard.readText());
  const body = code.replace(/^import .*\n/, '').replace('await open()', "await open({ device: 'wasm' })");
  const run = new Function('open', 'file', `return (async () => { ${body}; return mask.bytes(); })()`);
  return run(open, file);
}

/** Drop or paste a file. */
export async function give(kind: 'drop' | 'paste', bytes: Uint8Array, name: string, type = 'image/png'): Promise<void> {
  await page.evaluate(
    ({ kind, base64, name, type }) => {
      const data = new DataTransfer();
      const letters = atob(base64);
      data.items.add(new File([Uint8Array.from(letters, (one) => one.charCodeAt(0))], name, { type }));
      const event =
        kind === 'drop'
          ? new DragEvent('drop', { dataTransfer: data, cancelable: true, bubbles: true })
          : new ClipboardEvent('paste', { clipboardData: data, bubbles: true });
      document.body.dispatchEvent(event);
    },
    { kind, base64: Buffer.from(bytes).toString('base64'), name, type },
  );
}

/** Wait until a file of this name is open, and its mask at rest. */
export async function opened(name: string): Promise<void> {
  await page.waitForFunction(
    (name) => document.querySelector('#file-name')?.textContent === name && !document.body.dataset.loading,
    {},
    name,
  );
  await rest();
}

/** Where a pixel of the picture is on the screen. */
export async function spot(x: number, y: number): Promise<[number, number]> {
  const [left, top, scale] = await page.$eval('#sheet', (one) => {
    const { left, top, width } = one.getBoundingClientRect();
    return [left, top, width / Number.parseFloat((one as HTMLElement).style.width)];
  });
  return [left + (x + 0.5) * scale, top + (y + 0.5) * scale];
}
