// The packed tarball, installed in an empty project and used in a page.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, serve } from './browsers.js';
import { className, readCases } from './golden/read.js';

const project = mkdtempSync(join(tmpdir(), 'chromask-consumer-'));
const installed = join(project, 'node_modules', 'chromask');

beforeAll(() => {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', project, '--loglevel=error']).toString(),
  );
  writeFileSync(join(project, 'package.json'), '{"private": true}');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', `./${filename}`], { cwd: project });
}, 120_000);

const three = ['layer.ImageToMask', 'was.ImageToMask', 'core.ImageToMask'].map((node) => {
  const one = readCases().find((found) => found.node === node);
  if (!one) throw new Error(`there is no recorded call of ${node}`);
  const [expected] = Object.values(one.outputs);
  const inputs = Object.entries(one.inputs).map(
    ([name, { shape, data }]) => [name, { shape, floats: [...data] }] as const,
  );
  return { id: one.id, name: className(node), params: one.params, inputs, expected: [...expected.data] };
});

/** The text of a consumer: the recorded calls through the installed package; prints or returns how many were right. */
const consumer = `
async function check(open, runNode, cases) {
  const device = await open({ device: 'wasm' });
  let right = 0;
  for (const { name, params, inputs, expected } of cases) {
    const given = Object.fromEntries(inputs.map(([key, { shape, floats }]) => [key, { shape, data: Float32Array.from(floats) }]));
    const [mask] = await runNode(device, name, { ...params, ...given });
    const data = await mask.data();
    if (data.length === expected.length && data.every((value, i) => value === expected[i])) right++;
  }
  return device.name + ' ' + right;
}`;

describe('the packed package', () => {
  it('holds what it should and nothing else', () => {
    const files = readdirSync(installed).sort();
    const texts = ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'THIRD_PARTY.md'];
    expect(files).toEqual([...texts, 'bench', 'dist', 'docs', 'examples', 'package.json'].sort());
    expect(readdirSync(join(installed, 'bench')).sort()).toEqual(['README.md', 'results.svg']);
    expect(readdirSync(join(installed, 'docs')).filter((name) => !/\.(md|svg|png)$/.test(name))).toEqual([]);
    const { dependencies, scripts } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(dependencies).toBeUndefined();
    expect(Object.keys(scripts)).not.toContain('postinstall');
  });

  it('has every file that its documents link to', () => {
    const documents = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.md'),
    );
    const links = documents.flatMap((path) => {
      const text = readFileSync(join(installed, path), 'utf8');
      const targets = [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map(([, target]) => target);
      return targets.filter((target) => !/^https?:/.test(target)).map((target) => join(dirname(path), target));
    });
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((path) => !existsSync(join(installed, path)))).toEqual([]);
  });

  it('imports as ESM with nothing printed and no global touched', () => {
    const text = `const before = Reflect.ownKeys(globalThis).length; await import('chromask'); await import('chromask/comfy');
      await import('chromask/png'); await import('chromask/wasm'); await import('chromask/worker'); if (Reflect.ownKeys(globalThis).length !== before) throw new Error('a global was made');`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', text], {
      cwd: project,
    });
    expect([status, stdout.toString(), stderr.toString()]).toEqual([0, '', '']);
  });

  it('makes recorded masks in Node as ESM', () => {
    writeFileSync(join(project, 'cases.json'), JSON.stringify(three));
    writeFileSync(
      join(project, 'consumer.mjs'),
      `import { readFileSync } from 'node:fs'; import { open } from 'chromask'; import { runNode } from 'chromask/comfy';
      ${consumer}; console.log(await check(open, runNode, JSON.parse(readFileSync('cases.json'))));`,
    );
    expect(execFileSync(process.execPath, ['consumer.mjs'], { cwd: project }).toString().trim()).toBe('wasm 3');
  });

  it('makes recorded masks in Node as CommonJS', () => {
    writeFileSync(join(project, 'cases.json'), JSON.stringify(three));
    writeFileSync(
      join(project, 'consumer.cjs'),
      `const { open } = require('chromask'); const { runNode } = require('chromask/comfy');
      ${consumer}; check(open, runNode, require('./cases.json')).then(console.log);`,
    );
    expect(execFileSync(process.execPath, ['consumer.cjs'], { cwd: project }).toString().trim()).toBe('wasm 3');
  });

  it('without sharp a JPEG is refused with the name of what to install', () => {
    const text = `const { open } = await import('chromask'); const device = await open();
      await device.load(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0)).catch(({ code, message }) => console.log(code, message));`;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', text], { cwd: project }).toString();
    expect(out).toMatch(/^unsupported load: jpeg .*npm install sharp/);
  });

  it('says what to install for a queue', () => {
    const text = `import { createQueue } from 'chromask/queue';
      await createQueue().catch(({ code, message }) => console.log(code, message));`;
    writeFileSync(join(project, 'queue.mjs'), text);
    const required = `require('chromask/queue').createQueue().catch(({ code }) => console.log(code));`;
    writeFileSync(join(project, 'queue.cjs'), required);
    const [esm, cjs] = ['queue.mjs', 'queue.cjs'].map((file) =>
      execFileSync(process.execPath, [file], { cwd: project }).toString(),
    );
    expect(esm).toBe('missing queue: bullmq is not installed; npm install bullmq ioredis\n');
    expect(cjs).toBe('missing\n');
  });

  it('runs its command line', () => {
    const out = execFileSync('npx', ['chromask', resolve('sample.png'), '--channel', 'alpha', '-o', 'a.png'], {
      cwd: project,
    });
    expect(out.toString()).toContain('a.png');
  });
});

describe('in Chromium', () => {
  let page: Awaited<ReturnType<typeof openPage>>;
  let server: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    const imports = { chromask: '/dist/chromask.js', 'chromask/comfy': '/dist/comfy.js' };
    const esm = `<script type="importmap">${JSON.stringify({ imports })}</script><script type="module">
      import { open } from 'chromask'; import { runNode } from 'chromask/comfy'; ${consumer}
      window.check = (cases) => check(open, runNode, cases);</script>`;
    server = await serve(installed, {
      pages: { '/esm.html': esm, '/tag.html': '<script src="/dist/chromask.global.js"></script>' },
    });
    page = await openPage();
  });
  afterAll(async () => {
    await page?.close();
    server?.close();
  });

  it('makes recorded masks in a page with an import map', async () => {
    await page.page.goto(`${server.url}/esm.html`);
    await page.page.waitForFunction('window.check');
    const right = await page.page.evaluate(
      (cases) => (window as unknown as { check(c: unknown): Promise<string> }).check(cases),
      three,
    );
    expect(right).toBe('wasm 3');
  });

  it('makes masks from a script tag', async () => {
    await page.page.goto(`${server.url}/tag.html`);
    const bytes = await page.page.evaluate(async () => {
      const { open } = (window as unknown as { chromask: typeof import('chromask') }).chromask;
      const device = await open({ device: 'wasm' });
      const image = device.image(Uint8Array.of(1, 2, 3, 4, 5, 6), [1, 1, 2, 3]);
      return [...(await image.channel('green').invert().bytes())];
    });
    expect(bytes).toEqual([253, 250]);
  });
});
