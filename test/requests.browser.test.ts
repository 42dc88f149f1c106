// What a page downloads: only the core for a channel, and everything else when it is first used.
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, serve } from './browsers.js';

const chunks = readdirSync('dist/chunks').filter((file) => file.endsWith('.js'));
const textOf = (file: string): string => readFileSync(`dist/${file}`, 'utf8');
const chunk = (name: string): string => {
  const found = chunks.filter((file) => file.replace(/-[0-9a-f]+\.js$/, '') === name);
  if (found.length !== 1) throw new Error(`${found.length} chunks are called ${name}`);
  return `chunks/${found[0]}`;
};

/** Files and all that they import at once: paths in dist, in order. */
function together(...files: string[]): string[] {
  const found = new Set(files);
  for (const file of found)
    for (const [, path] of textOf(file).matchAll(/\b(?:from|import)\s*"\.\/([^"]+\.js)"/g))
      found.add(path.startsWith('chunks/') || !file.startsWith('chunks/') ? path : `chunks/${path}`);
  return [...found].sort();
}

let site: Awaited<ReturnType<typeof serve>>;
let browser: Awaited<ReturnType<typeof openPage>>;
let page: Page;
beforeAll(async () => {
  site = await serve('.', { pages: { '/page.html': '<!doctype html>' } });
  browser = await openPage();
  page = browser.page;
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

/** What a new page has of dist once this text, of the body of an async function, has run. */
async function downloads(text: string): Promise<string[]> {
  await page.goto(`${site.url}/page.html`);
  const urls: string[] = (await page.evaluate(`(async () => {
    ${text}
    return performance.getEntriesByType('resource').map(({ name }) => name);
  })()`)) as string[];
  const paths = urls.map((url) => new URL(url).pathname);
  return [...new Set(paths.flatMap((path) => (path.startsWith('/dist/') ? [path.slice(6)] : [])))].sort();
}

const reading = (channel: string): string => `
  const { open } = await import('/dist/chromask.js');
  const device = await open({ device: 'wasm' });
  const image = device.image(Uint8Array.of(1, 2, 3, 4), [1, 1, 1, 4]);
  await image.channel('${channel}').data();
  await image.channel('${channel}').bytes();`;

describe('a page downloads', () => {
  const engine = chunks.filter((file) => textOf(`chunks/${file}`).includes('import("./wasm-colors'));
  const core = ['chromask.js', ...engine.map((file) => `chunks/${file}`), chunk('kernels-core')];

  it('the core alone for a channel', async () => {
    expect(engine.length).toBe(1);
    expect(await downloads(reading('R(RGB)'))).toEqual(together(...core));
  });

  it('one part more for a channel of another kind', async () => {
    expect(await downloads(reading('L(LAB)'))).toEqual(together(...core, chunk('kernels-lab')));
    expect(await downloads(reading('H(HSV)'))).toEqual(together(...core, chunk('kernels-picks')));
  });

  it('neither engine nor nodes where it opens a worker or imports comfy', async () => {
    const opened = await downloads(`
      const { openWorker } = await import('/dist/worker.js');
      const device = await openWorker({ device: 'wasm' });
      const image = device.image(Uint8Array.of(1, 2, 3, 4), [1, 1, 1, 4]);
      await image.channel('R(RGB)').data();`);
    expect(opened.filter((file) => file !== 'chromask.worker.js')).toEqual(together('worker.js'));
    expect(await downloads("await import('/dist/comfy.js');")).toEqual(together('comfy.js'));
  });
});
