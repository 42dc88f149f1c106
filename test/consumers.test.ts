// Builds by other tools, each from the packed tarball, run in Node or Chromium, with bytes compared. `npm run
// test:consumers` installs and runs all of them; `npm test` runs those that need nothing more.
import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, serve } from './browsers.js';
import { className, readCases } from './golden/read.js';

const all = process.env.CONSUMERS === 'all';
const folder = resolve('test/consumers');
const right = 'wasm 3 of 3, 253,253,253,255,250,250,250,255';
const rightWorker = 'wasm 253,250';

const cases = ['layer.ImageToMask', 'was.ImageToMask', 'inspire.ColorMapToMasks'].map((node) => {
  const one = readCases().find((found) => found.node === node);
  if (!one) throw new Error(`there is no recorded call of ${node}`);
  const [expected] = Object.values(one.outputs);
  const inputs = Object.entries(one.inputs).map(([name, { shape, data }]) => [name, { shape, floats: [...data] }]);
  return { id: one.id, name: className(node), params: one.params, inputs, expected: [...expected.data] };
});

const temporary = mkdtempSync(join(tmpdir(), 'chromask-consumers-'));
/** Where packages stay from run to run; outside this project, whose settings bundlers would find. */
const installed = join(tmpdir(), 'chromask-consumers-installed');
let tarball: string;
let page: Awaited<ReturnType<typeof openPage>>;
beforeAll(async () => {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', temporary, '--loglevel=error']).toString(),
  );
  tarball = join(temporary, filename);
  page = await openPage();
});
afterAll(async () => {
  await page?.close();
  rmSync(temporary, { recursive: true, force: true });
});

/** A project with its packages and ours. Packages that were installed from the same lock before are used again. */
function project(name: string): string {
  const place = join(all ? installed : temporary, name);
  mkdirSync(place, { recursive: true });
  for (const old of readdirSync(place)) if (old !== 'node_modules') rmSync(join(place, old), { recursive: true });
  for (const file of readdirSync(folder)) {
    if (statSync(join(folder, file)).isFile()) cpSync(join(folder, file), join(place, file));
  }
  if (existsSync(join(folder, name))) {
    const filter = (file: string): boolean => !/node_modules|[/\\]out$/.test(file.slice(folder.length));
    cpSync(join(folder, name), place, { recursive: true, filter });
  }
  const types =
    'export declare const cases: { name: string; params: object; inputs: [string, { shape: number[]; floats: number[] }][]; expected: number[] }[];';
  writeFileSync(join(place, 'cases.js'), `export const cases = ${JSON.stringify(cases)};`);
  writeFileSync(join(place, 'cases.d.ts'), types);
  const lock = join(place, 'package-lock.json');
  const marker = join(place, 'node_modules/.lock');
  if (all && existsSync(lock) && !(existsSync(marker) && readFileSync(marker).equals(readFileSync(lock)))) {
    execFileSync('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], { cwd: place, stdio: 'pipe' });
    cpSync(lock, marker);
  }
  const ours = join(place, 'node_modules/chromask');
  rmSync(ours, { recursive: true, force: true });
  mkdirSync(ours, { recursive: true });
  execFileSync('tar', ['xzf', tarball, '-C', ours, '--strip-components=1']);
  return place;
}

function run(place: string, command: string, ...args: string[]): string {
  const own = join(place, 'node_modules/.bin', command);
  const file = command === 'node' ? process.execPath : existsSync(own) ? own : resolve('node_modules/.bin', command);
  try {
    const env = { ...process.env, NODE_ENV: undefined, VITEST: undefined, NEXT_TELEMETRY_DISABLED: '1' };
    return execFileSync(file, args, { cwd: place, stdio: 'pipe', env, timeout: 300_000 }).toString().trim();
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  }
}

/** What a page found. */
async function visit(url: string, name = 'said'): Promise<string> {
  await page.page.goto(url);
  await page.page.waitForFunction(`window.${name}`, { timeout: 30_000 });
  return (await page.page.evaluate(`window.${name}`)) as string;
}

async function served(place: string, html?: string): Promise<{ said: string; worker?: string; own?: string }> {
  const server = await serve(place, { pages: html ? { '/index.html': html } : {} });
  try {
    const said = await visit(`${server.url}/index.html`);
    const both = existsSync(join(place, 'with-worker'));
    const worker = both ? { worker: await visit(`${server.url}/index.html`, 'saidWorker') } : {};
    const own = existsSync(join(place, 'with-own')) ? { own: await visit(`${server.url}/index.html`, 'saidOwn') } : {};
    return { said, ...worker, ...own };
  } finally {
    server.close();
  }
}

/** A page that may share memory has a second thread, which runs, and one thread's bytes of them. */
async function shares(place: string, html?: string): Promise<void> {
  const headers = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
  const server = await serve(place, { pages: html ? { '/index.html': html } : {}, headers });
  try {
    const [one, two] = (await visit(`${server.url}/index.html`, 'saidThreads')).split('; ');
    expect(one).toMatch(/^\d+ $/);
    expect(two).toBe(one);
    // one whose script was not found answers nothing
    const names = await Promise.all(page.page.workers().map((worker) => worker.evaluate('self.name')));
    expect(names.filter((name) => name === 'chromask thread')).toHaveLength(1);
  } finally {
    server.close();
  }
}

/** Bundlers of the whole run: a name, how it builds, and whether it makes the worker too. */
const others: [string, (place: string) => void, boolean][] = [
  ['webpack', (place) => void run(place, 'webpack', '--stats', 'errors-only'), true],
  ['rollup', (place) => void run(place, 'rollup', '-c', '--silent'), false],
  [
    'parcel',
    (place) => {
      run(place, 'parcel', 'build', 'index.html', '--dist-dir', 'out', '--no-cache');
      cpSync(join(place, 'node_modules/chromask/dist/chromask.worker.js'), join(place, 'out/chromask.worker.js'));
    },
    true,
  ],
];

/** A Next.js server on a free port. */
async function started(place: string): Promise<{ url: string; end(): void }> {
  const bin = join(place, 'node_modules/next/dist/bin/next');
  const env = { ...process.env, NODE_ENV: undefined, NEXT_TELEMETRY_DISABLED: '1' };
  const child = spawn(process.execPath, [bin, 'start', '-p', '0', '-H', '127.0.0.1'], { cwd: place, env });
  const url = await new Promise<string>((found, failed) => {
    let text = '';
    const hear = (data: Buffer): void => {
      text += data;
      const [address] = /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(text) ?? [];
      if (address) found(address);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => failed(new Error(text)));
  });
  return { url, end: () => child.kill() };
}

const tag = '<!doctype html><script type="module" src="./index.js"></script>';
const withWorker = (place: string): void => writeFileSync(join(place, 'with-worker'), '');

describe('in Node', () => {
  it('ES modules', () => {
    expect(run(project('node'), 'node', 'esm.js')).toBe(right);
  });

  it('CommonJS', () => {
    expect(run(project('node'), 'node', 'cjs.cjs')).toBe(right);
  });

  it('TypeScript that writes declarations, with exact optional properties', () => {
    const place = project('types');
    // to CommonJS the declarations are other files
    cpSync(join(place, 'returns.ts'), join(place, 'returns.cts'));
    run(place, 'tsc', '-p', 'tsconfig.json');
    run(place, 'tsc', '-p', 'tsconfig.bundler.json');
  });

  it('TypeScript of a Node project, without the DOM', () => {
    run(project('types'), 'tsc', '-p', 'tsconfig.node.json', '--typeRoots', resolve('node_modules/@types'));
  });

  it.runIf(all)('TypeScript 5.7, the oldest that knows the types', () => {
    const place = project('typescript-5.7');
    run(place, 'tsc', '-p', join(project('types'), 'tsconfig.json'));
    run(place, 'tsc', '-p', join(project('types'), 'tsconfig.bundler.json'));
  });

  for (const version of all ? [5, 6] : []) {
    it(`TypeScript ${version}, strict, moduleResolution bundler and node16`, () => {
      const place = project(`typescript-${version}`);
      run(place, 'tsc', '-p', 'tsconfig.bundler.json');
      run(place, 'tsc', '-p', 'tsconfig.json');
      cpSync(join(place, 'cases.js'), join(place, 'out/cases.js'));
      expect(run(place, 'node', 'out/index.js')).toBe(right);
      for (const settings of ['tsconfig.json', 'tsconfig.bundler.json']) {
        run(place, 'tsc', '-p', join(project('types'), settings));
      }
    });
  }
});

describe('in Chromium', () => {
  it('a script tag', async () => {
    const place = project('tag');
    const use = `const { open } = chromask; open({ device: 'wasm' }).then(async (device) => {
      const mask = device.image(Uint8Array.of(1, 2, 3, 4, 5, 6), [1, 1, 2, 3]).channel('green').invert();
      const { rgba } = await device.load(await mask.toPng());
      window.said = [...await rgba.bytes()].join(); });`;
    const html = `<!doctype html><script src="/node_modules/chromask/dist/chromask.global.js"></script><script>${use}</script>`;
    expect((await served(place, html)).said).toBe('253,253,253,255,250,250,250,255');
  });

  it('an import map', async () => {
    const place = project('map');
    writeFileSync(join(place, 'index.js'), "import './page.js'; import './page-worker.js';");
    withWorker(place);
    // a module worker has no import map: its script names the file
    writeFileSync(join(place, 'worker.js'), "import { serve } from '/node_modules/chromask/dist/worker.js'; serve();");
    const dist = '/node_modules/chromask/dist';
    const imports = {
      chromask: `${dist}/chromask.js`,
      'chromask/comfy': `${dist}/comfy.js`,
      'chromask/worker': `${dist}/worker.js`,
    };
    const html = `<!doctype html><script type="importmap">${JSON.stringify({ imports })}</script><script type="module" src="/index.js"></script>`;
    expect(await served(place, html)).toEqual({ said: right, worker: rightWorker });
  });

  it('a web worker, with esbuild', async () => {
    const place = project('worker');
    const worker =
      "import { cases } from './cases.js'; import { golden } from './golden.js'; golden(cases).then((said) => postMessage(said), (error) => postMessage(String(error)));";
    writeFileSync(join(place, 'entry.js'), worker);
    run(place, 'esbuild', 'entry.js', '--bundle', '--format=iife', '--outfile=work.js', '--log-level=error');
    const html =
      "<!doctype html><script>new Worker('/work.js').onmessage = ({ data }) => { window.said = data; };</script>";
    expect((await served(place, html)).said).toBe(right);
  });

  it('esbuild', async () => {
    const place = project('esbuild');
    // it places no file by itself: the script of a thread is one of its entries
    const script = "globalThis.threadScript = new URL('./thread.js', import.meta.url);";
    writeFileSync(join(place, 'where.js'), script);
    writeFileSync(join(place, 'thread.js'), "import 'chromask/chromask.thread.js';");
    const all = ['where', 'page', 'page-worker', 'page-threads'];
    writeFileSync(join(place, 'index.js'), all.map((name) => `import './${name}.js';`).join(' '));
    const flags = ['--bundle', '--format=esm', '--splitting', '--outdir=out', '--log-level=error'];
    run(place, 'esbuild', 'index.js', 'worker.js', 'thread.js', ...flags);
    withWorker(join(place, 'out'));
    expect(await served(join(place, 'out'), tag)).toEqual({ said: right, worker: rightWorker });
    await shares(join(place, 'out'), tag);
  });

  it('Vite', async () => {
    const place = project('vite');
    run(place, 'vite', 'build', '--logLevel', 'error');
    withWorker(join(place, 'out'));
    writeFileSync(join(place, 'out/with-own'), '');
    expect(await served(join(place, 'out'))).toEqual({ said: right, worker: rightWorker, own: rightWorker });
    await shares(join(place, 'out'));
  });

  for (const [name, build, workers] of all ? others : []) {
    it(name, async () => {
      const place = project(name);
      build(place);
      if (workers) withWorker(join(place, 'out'));
      const own = name === 'webpack' ? { own: rightWorker } : {};
      if (own.own) writeFileSync(join(place, 'out/with-own'), '');
      const html = existsSync(join(place, 'out/index.html')) ? undefined : tag;
      if (name === 'webpack') await shares(join(place, 'out'), html);
      expect(await served(join(place, 'out'), html)).toEqual({
        said: right,
        ...(workers && { worker: rightWorker }),
        ...own,
      });
    });
  }

  it.runIf(all)('Next.js, on the server and in the page', async () => {
    const place = project('next');
    run(place, 'next', 'build');
    const { url, end } = await started(place);
    try {
      expect(await visit(url)).toBe(right);
      expect(await page.page.$eval('#server', (element) => element.textContent)).toBe(right);
    } finally {
      end();
    }
  });
});
