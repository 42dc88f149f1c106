// A static server on loopback and a real Chromium, for tests that need a page.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import puppeteer, { type Page } from 'puppeteer';
import { chromium } from './gpu/kinds.js';

export { chromium };

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface ServeOptions {
  /** Pages by path, beside the files of the folder. */
  pages?: Record<string, string | Buffer>;
  headers?: Record<string, string>;
}

export async function serve(folder: string, { pages = {}, headers = {} }: ServeOptions = {}) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(folder, normalize(path));
    const body = Object.hasOwn(pages, path)
      ? pages[path]
      : existsSync(file) && extname(file)
        ? readFileSync(file)
        : undefined;
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': types[extname(path)] ?? 'text/html',
      ...headers,
    });
    response.end(body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A page of the served folder, once its script has said `window.ready`: with a software GPU, in a browser of its own. */
export async function readyPage(html: string, pages: ServeOptions['pages'] = {}) {
  const server = await serve('.', { pages: { '/page.html': html, ...pages } });
  const browser = await openPage('--enable-unsafe-swiftshader');
  const close = async (): Promise<void> => {
    await browser.close();
    server.close();
  };
  await browser.page.goto(`${server.url}/page.html`);
  await browser.page.waitForFunction('window.ready');
  return { page: browser.page, url: server.url, close };
}

/** A page of a browser of its own, and what to call when done with it. */
export async function openPage(...args: string[]): Promise<{ page: Page; close(): Promise<void> }> {
  if (!chromium) throw new Error('there is no Chromium: install it, or name it in CHROMIUM');
  const userDataDir = mkdtempSync(join(tmpdir(), 'chromask-profile-'));
  const browser = await puppeteer.launch({
    executablePath: chromium,
    userDataDir,
    args: ['--no-sandbox', ...quiet, ...args],
  });
  const close = async (): Promise<void> => {
    await browser.close();
    rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  return { page: await browser.newPage(), close };
}
