// Tests the guides with the real libraries: each is installed from the registry, and the guide's code runs in
// Chromium or Node.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { pages as browser } from '../browsers.mjs';
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

/** The code below a heading of a guide, or above the first one, without the `call` that assumes a page. */
function blocksOf(path, heading, call) {
  const parts = readFileSync(path, 'utf8').split(/^## /m);
  const part = heading ? parts.find((one) => one.startsWith(heading)) : parts[0];
  const code = [...(part ?? '').matchAll(/^```ts(?: page)?\n([\s\S]*?)^```/gm)].map(([, text]) => text).join('\n');
  if (!code || (call && !code.includes(call)))
    throw new Error(`${path} has no ${call ?? heading ?? 'beginning'} any more`);
  return call ? code.slice(0, code.indexOf(call)) : code;
}

async function inPages(folder, note) {
  const { chromium, openPage, serve } = await browser();
  if (!chromium) {
    console.log('there is no Chromium: the guides of pages were not tried');
    return 0;
  }
  const programs = Object.entries(pages(blocksOf));
  const files = { '/page.html': '<!doctype html><meta charset="utf-8"><body>', '/favicon.ico': '' };
  for (const [name, { text, resolve }] of programs) files[`/${name}.js`] = await bundled(text, folder, resolve);
  const server = await serve('.', { pages: files });
  let tried = 0;
  for (const [name] of programs) {
    const { page, close } = await openPage('--enable-unsafe-swiftshader');
    const wrong = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
    try {
      await page.goto(`${server.url}/page.html`);
      tried += await page.evaluate(async (from) => (await import(from)).run(), `/${name}.js`);
    } catch (error) {
      wrong.push(error.message);
    }
    for (const one of wrong) note(`${name}: ${one}`);
    await close();
  }
  server.close();
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
