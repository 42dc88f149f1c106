// Pages whose policy forbids WebAssembly in a real browser: no 'wasm-unsafe-eval', eval, blobs or inline scripts.

import { readFileSync } from 'node:fs';
import type { MaskBatch } from 'chromask';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, serve } from './browsers.js';
import { className, readCases } from './golden/read.js';

const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self'";
const cases = readCases()
  .filter(({ node }) => /ImageToMask|ColorMap/.test(node))
  .filter((_, i) => i % 5 === 0)
  .map((one) => {
    const [expected] = Object.values(one.outputs);
    const inputs = Object.entries(one.inputs).map(
      ([name, { shape, data }]) => [name, { shape, floats: [...data] }] as const,
    );
    return { id: one.id, name: className(one.node), params: one.params, inputs, expected: [...expected.data] };
  });

type Library = typeof import('chromask');
type Opened = { name: string; why: readonly string[]; wrong: string[]; png: boolean };

/** Runs in the page: the recorded calls, and a PNG out and in again. */
async function check(given: typeof cases, device: 'auto' | 'wasm'): Promise<Opened> {
  const { open, runNode } = window as unknown as Library & typeof import('chromask/comfy');
  const opened = await open({ device });
  const wrong: string[] = [];
  for (const { id, name, params, inputs, expected } of given) {
    const batches = inputs.map(([key, { shape, floats }]) => [key, { shape, data: Float32Array.from(floats) }]);
    const [mask] = await runNode(opened, name, { ...params, ...Object.fromEntries(batches) });
    const data = await (mask as MaskBatch).data();
    if (data.length !== expected.length || !data.every((value, i) => value === expected[i])) wrong.push(id);
  }
  const { image } = await opened.load('/sample.png');
  const lightness = image.channel('L(LAB)');
  const again = await opened.load(await lightness.toPng());
  const [before, after] = [await lightness.bytes(), await again.image.channel('red').bytes()];
  const png = before.length === after.length && before.every((value, i) => value === after[i]);
  const result = { name: opened.name, why: opened.why, wrong, png };
  opened.close();
  return result;
}

let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  server = await serve('.', {
    pages: {
      '/strict.html': '<!doctype html><script type="module" src="/strict.js"></script>',
      '/strict.js':
        "import * as chromask from '/dist/chromask.js'; import * as comfy from '/dist/comfy.js'; Object.assign(window, chromask, comfy, { ready: true });",
      '/tag.html': '<!doctype html><script src="/dist/chromask.global.js"></script>',
    },
    headers: { 'content-security-policy': policy },
  });
});
afterAll(() => server.close());

async function visit(path: string, flags: string[], use: (page: Page) => Promise<void>): Promise<void> {
  const { page, close } = await openPage(...flags);
  try {
    await page.goto(`${server.url}${path}`);
    await page.waitForFunction('window.ready || window.chromask');
    await use(page);
  } finally {
    await close();
  }
}

describe('a page that may not compile WebAssembly', () => {
  it('gets the same masks from plain JavaScript', async () => {
    await visit('/strict.html', ['--disable-gpu'], async (page) => {
      const compiles = await page.evaluate(() =>
        WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)).then(
          () => true,
          () => false,
        ),
      );
      expect(compiles).toBe(false);
      const { name, why, wrong, png } = await page.evaluate(check, cases, 'wasm' as const);
      expect({ name, wrong, png }).toEqual({ name: 'wasm', wrong: [], png: true });
      expect(why).toEqual(["wasm: this page's policy forbids WebAssembly; its kernels run as plain JavaScript"]);
    });
  });

  it('gets them from WebGL2 alone where there is any', async () => {
    await visit('/strict.html', ['--enable-unsafe-swiftshader'], async (page) => {
      const fetched: string[] = [];
      page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
      const { name, why, wrong, png } = await page.evaluate(check, cases.slice(0, 20), 'auto' as const);
      expect({ name, why, wrong, png }).toEqual({
        name: 'webgl2',
        why: [expect.stringMatching(/colorMap/)],
        wrong: [],
        png: true,
      });
      // only PNG files need kernels then
      expect(fetched.filter((path) => /kernels-core-|script-/.test(path)).length).toBeLessThanOrEqual(2);
    });
  });

  it('gets them from a script tag', async () => {
    await visit('/tag.html', ['--disable-gpu'], async (page) => {
      const [bytes, why] = await page.evaluate(async () => {
        const { open } = (window as unknown as { chromask: Library }).chromask;
        const device = await open({ device: 'wasm' });
        const image = device.image(Uint8Array.of(1, 2, 3, 4, 5, 6), [1, 1, 2, 3]);
        return [[...(await image.channel('green').invert().bytes())], device.why.at(-1)] as const;
      });
      expect(bytes).toEqual([253, 250]);
      expect(why).toContain('plain JavaScript');
    });
  });
});

describe('chromask/wasm', () => {
  it('fetches the kernels from beside it, or takes a URL, a response, bytes or a module', async () => {
    const free =
      '<!doctype html><script type="module">import * as it from "/dist/wasm.js"; Object.assign(window, it, { ready: true })</script>';
    const host = await serve('.', { pages: { '/free.html': free } });
    const { page, close } = await openPage();
    try {
      await page.goto(`${host.url}/free.html`);
      await page.waitForFunction('window.ready');
      const fetched: string[] = [];
      page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
      const bytes = await page.evaluate(async () => {
        const { open } = window as unknown as typeof import('chromask/wasm');
        const file = '/dist/chromask.wasm';
        const body = await (await fetch(file)).arrayBuffer();
        const sources = [
          undefined,
          file,
          await fetch(file),
          body,
          new Uint8Array(body),
          await WebAssembly.compile(body),
        ];
        const results = [];
        for (const wasm of sources) {
          const device = await open({ wasm });
          const mask = device.mask(Uint8Array.of(1, 2, 3), [1, 1, 3]).invert();
          const { image } = await device.load(await mask.toPng());
          results.push([...(await image.channel('blue').bytes()), ...device.why]);
        }
        return results;
      });
      expect(bytes).toEqual(Array.from({ length: 6 }, () => [254, 253, 252]));
      expect(fetched.filter((path) => /core-|png-|script-|webgl/.test(path))).toEqual([]);
    } finally {
      await close();
      host.close();
    }
  });

  it('has no GPU code and nothing embedded in what it imports', () => {
    const seen = new Set<string>();
    const visited = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(file, 'utf8');
      expect(text, file).not.toContain('getContext');
      for (const [, name] of text.matchAll(/from\s*"(\.[^"]+)"/g))
        visited(new URL(name, `file:///${file}`).pathname.slice(1));
    };
    visited('dist/wasm.js');
    expect(seen.size).toBeGreaterThan(2);
  });
});
