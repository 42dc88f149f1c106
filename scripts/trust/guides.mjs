// The guides beside the real libraries: each is installed from the registry, and what the guide shows is run in Chromium or Node.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launch } from 'puppeteer';
import { launchArgs } from '../../dist/testing.js';
import { pages } from './guides/pages.mjs';
import { servers } from './guides/servers.mjs';

export const promise = 'what the guides show works beside the real libraries';

const packages = [
  'react',
  'react-dom',
  'vue',
  'svelte',
  'fabric@7',
  'konva@10',
  'pixi.js@8',
  'three',
  'express',
  'fastify',
];

export async function run({ note }) {
  const folder = mkdtempSync(join(tmpdir(), 'chromask-guides-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', ...packages], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`the libraries could not be installed: ${stderr}`);
    const tried = [await inPages(folder, note), await servers(folder, blocksOf, note)];
    return tried.reduce((a, b) => a + b, 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The code below a heading of a guide, or above the first one; without `call`, which takes for granted what a page has. */
function blocksOf(path, heading, call) {
  const parts = readFileSync(path, 'utf8').split(/^## /m);
  const part = heading ? parts.find((one) => one.startsWith(heading)) : parts[0];
  const code = [...(part ?? '').matchAll(/^```ts(?: page)?\n([\s\S]*?)^```/gm)].map(([, text]) => text).join('\n');
  if (!code || (call && !code.includes(call)))
    throw new Error(`${path} has no ${call ?? heading ?? 'beginning'} any more`);
  return call ? code.slice(0, code.indexOf(call)) : code;
}

async function inPages(folder, note) {
  const files = new Map([['/', '<!doctype html><meta charset="utf-8"><body>']]);
  for (const [name, { text, resolve }] of Object.entries(pages(blocksOf)))
    files.set(`/${name}.js`, await bundled(text, folder, resolve));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
    const inside = /^\/dist\/[\w./-]+\.js$/.test(pathname) && !pathname.includes('..');
    if (pathname === '/favicon.ico') return response.writeHead(204).end();
    if (pathname === '/sample.png') return response.end(readFileSync('sample.png'));
    const body = inside ? readFileSync(pathname.slice(1)) : files.get(pathname);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type }).end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const browser = await launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: launchArgs({ sandbox: process.getuid?.() !== 0 }),
  });
  let tried = 0;
  try {
    for (const name of Object.keys(pages(blocksOf))) {
      const page = await browser.newPage();
      const wrong = [];
      page.on('pageerror', (error) => wrong.push(error.message));
      page.on(
        'console',
        (message) => message.type() === 'error' && wrong.push(`${message.text()} ${message.location().url ?? ''}`),
      );
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      try {
        tried += await page.evaluate(async (from) => (await import(from)).run(), `/${name}.js`);
      } catch (error) {
        wrong.push(error.message);
      }
      for (const one of wrong) note(`${name}: ${one}`);
      await page.close();
    }
  } finally {
    await browser.close();
    server.close();
  }
  return tried;
}

async function bundled(text, folder, resolve = () => []) {
  const { outputFiles } = await build({
    stdin: { contents: text, loader: 'ts', resolveDir: folder },
    bundle: true,
    format: 'esm',
    write: false,
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error',
    plugins: [
      {
        name: 'chromask',
        setup(builder) {
          builder.onResolve({ filter: /^chromask$/ }, () => ({ path: '/dist/chromask.js', external: true }));
        },
      },
      ...(await resolve(folder)),
    ],
  });
  return outputFiles[0].text;
}
