// Runs the examples of the documents and compares the results that they state.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import * as chromask from 'chromask';
import * as comfy from 'chromask/comfy';
import * as png from 'chromask/png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error a script without types
import { logitsOf } from '../scripts/logits.mjs';
import { openPage, serve } from './browsers.js';
import { programOf, written } from './docs/examples.js';
import { hostImports, hostPages } from './docs/hosts.js';
import { both, lines, scopeOf } from './docs/migration.js';
import { servers } from './docs/servers.js';
import { mistakes } from './docs/strict.js';

const documents = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** What an example takes for granted. */
const given: Record<string, string> = {
  'docs/models.md': `const { logits } = await load('logits');`,
  'docs/recipe-data.md': `const { fingerprint, open } = await load('chromask');
    const device = await open({ device: 'wasm' });
    const { rgba: image } = await device.load(file);
    const another = image;
    const graph = {
      1: { class_type: 'LoadImage', inputs: { image: 'photo.png' } },
      12: { class_type: 'ImageToMask', inputs: { image: ['1', 0], channel: 'red' } },
    };`,
  'docs/nodes.md': `const { open } = await load('chromask');
    const device = await open({ device: 'wasm' });
    const graph = {
      1: { class_type: 'LoadImage', inputs: { image: 'photo.png' } },
      9: { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'a' } },
      7: { class_type: 'CLIPSeg', inputs: { image: ['1', 0] } },
      8: { class_type: 'A canvas', inputs: {} },
      11: { class_type: 'SegmentAnything', inputs: { image: ['1', 0] } },
      12: { class_type: 'LayerMask: ImageToMask', inputs: { image: ['1', 0], channel: 'L(LAB)', mask: ['11', 0] } },
    };
    const { image: canvas, mask } = await device.load(file);
    const [, height, width] = mask.shape;
    const segment = (image) => image.channel('luma');
    const show = () => {};
    const { signal } = new AbortController();`,
};
const sample = readFileSync('sample.png');

const here: Record<string, unknown> = {
  chromask,
  'chromask/comfy': comfy,
  'chromask/png': png,
  logits: { logits: logitsOf() },
  ...servers(sample),
};
const load = (name: string): unknown => here[name] ?? import(name);

type Run = (
  load: (name: string) => unknown,
  same: (value: unknown, expected: string) => void,
  file: unknown,
) => Promise<void>;

describe('in Node', () => {
  for (const path of documents) {
    const program = programOf(path, 'node');
    if (!program) continue;
    it(`the examples of ${path} run and give what they say`, { timeout: 120_000 }, async () => {
      let checked = 0;
      const same = (value: unknown, expected: string): void => {
        expect(written(value)).toBe(expected);
        checked++;
      };
      await (
        new Function('load', 'same', 'file', `return (async () => { ${given[path] ?? ''}\n${program.body} })()`) as Run
      )(load, same, sample);
      expect(checked).toBe(program.checks);
    });
  }
});

describe('in a page', () => {
  let browser: Awaited<ReturnType<typeof openPage>>;
  let server: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    const imports = {
      chromask: '/dist/chromask.js',
      'chromask/comfy': '/dist/comfy.js',
      'chromask/worker': '/dist/worker.js',
      ...hostImports,
    };
    const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
    server = await serve('.', { pages: { '/page.html': map, ...hostPages } });
    browser = await openPage('--enable-unsafe-swiftshader');
    await browser.page.goto(`${server.url}/page.html`);
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  for (const path of documents) {
    const program = programOf(path, 'page');
    if (!program) continue;
    it(`the examples of ${path} run`, { timeout: 120_000 }, async () => {
      const text = `(async () => {
        const load = (name) => import(name);
        const same = (value, expected) => { if (String(value) !== expected) throw new Error(value + ' is not ' + expected); };
        const file = await (await fetch('/sample.png')).blob();
        ${program.body}
      })()`;
      await browser.page.evaluate(text);
    });
  }
});

describe('the documents', () => {
  for (const path of documents.filter((one) => programOf(one, 'page'))) {
    it(`the examples of ${path} for a page compile under strict TypeScript`, { timeout: 120_000 }, () => {
      expect(mistakes(path)).toEqual([]);
    });
  }

  it('link to files and headings that are there', () => {
    for (const path of documents) {
      const text = readFileSync(path, 'utf8');
      for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^https?:/.test(target)) continue;
        const [file, heading] = target.split('#');
        const there = file ? normalize(join(dirname(path), file)) : path;
        expect(existsSync(there), `${path}: ${target}`).toBe(true);
        if (!heading) continue;
        const headings = [...readFileSync(there, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, words]) =>
          words
            .toLowerCase()
            .replace(/[^\w -]/g, '')
            .replace(/ /g, '-'),
        );
        expect(headings, `${path}: ${target}`).toContain(heading);
      }
    }
  });

  it('have a reference with every method, its options and its sentence', { timeout: 120_000 }, () => {
    execFileSync(process.execPath, ['scripts/api.mjs']);
    const text = readFileSync('docs/api/reference.md', 'utf8');
    for (const [name, row] of Object.entries<chromask.Row>(chromask.ops)) {
      // what a device draws has options of its own: its rows are what recipes say
      if (!row.on || row.on === 'device' || row.channel) continue;
      const line = text.split('\n').find((one) => one.startsWith(`| \`${name}(`));
      expect(line, name).toMatch(/\| \S.+ \|$/);
      for (const [option, { default: value }] of Object.entries(row.params))
        expect(line, name).toContain(value === undefined ? `${option}: ` : `${option}?: `);
    }
  });

  it('become a site, without a warning', { timeout: 240_000 }, () => {
    execFileSync('npx', ['typedoc']);
    const page = (path: string): string => readFileSync(`docs/site/${path}`, 'utf8');
    execFileSync(process.execPath, ['scripts/site.mjs']);
    expect(page('documents/api_reference.html')).toContain('toCocoRle');
    expect(page('index.html')).toMatch(/href="play\/playground\/index.html"/);
    expect(page('index.html')).not.toContain('.invalid');
    // the README is for npm and the repository; the site begins with a page of its own
    expect(page('index.html')).not.toContain('npx chromask');
    for (const name of ['llms.txt', 'md/servers.md', 'play/playground/index.html'])
      expect(page(name).length).toBeGreaterThan(500);
    expect(page('llms.txt')).toMatch(
      /^- \[Errors\]\(md\/errors\.md\): The library refuses invalid input with a `ChromaskError`/m,
    );
    expect(page('functions/worker.openWorker.html')).toContain('openWorker');
    expect(readdirSync('docs/site/documents').length).toBeGreaterThan(9);
  });

  it('list every error code, and no other', () => {
    const source = readFileSync('src/base/errors.ts', 'utf8');
    const codes = [
      ...source
        .slice(source.indexOf('ErrorCode ='), source.indexOf(';', source.indexOf('ErrorCode =')))
        .matchAll(/'([\w-]+)'/g),
    ];
    const listed = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([\w-]+)`/gm)];
    expect(listed.map(([, code]) => code).sort()).toEqual(codes.map(([, code]) => code).sort());
  });

  it('put nodes beside their calls', async () => {
    // what follows the node in lower case is one of its options: LoadImageMask, alpha
    const named = lines().flatMap(({ title }) => title.split(', ').filter((name) => !/^[a-z]+$/.test(name)));
    for (const name of named) expect(await comfy.core.has(name), name).toBe(true);
    expect(named.length).toBeGreaterThanOrEqual(22);
  });

  for (const dtype of ['uint8', 'float32'] as const) {
    for (const line of lines()) {
      it(`put calls beside ${line.title} that give its bits, of ${dtype}`, async () => {
        const device = await chromask.open({ device: 'wasm' });
        for (const [said, given] of await both(line, await scopeOf(device, sample, dtype))) expect(said).toEqual(given);
        device.close();
      });
    }
  }

  it('show the hashes that the tests compare', () => {
    const text = readFileSync('docs/exactness.md', 'utf8');
    const { channels } = JSON.parse(readFileSync('test/vectors/colour-hashes.json', 'utf8'));
    for (const hash of Object.values(channels)) expect(text).toContain(hash);
  });
});
