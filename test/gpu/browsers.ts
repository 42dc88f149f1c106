// Starts the browsers that the GPU tests run in, with a page and a worker that have the built engine loaded.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { className, type Recorded, readCases } from '../golden/read.js';
import { evidence } from '../ops.js';

export interface Kind {
  readonly name: string;
  readonly path: string | undefined;
  readonly browser?: 'firefox';
  readonly args: readonly string[];
  /** Milliseconds that a check may take. */
  readonly patience?: number;
}

const find = (...paths: string[]): string | undefined => paths.find((path) => existsSync(path));
const chromium =
  process.env.CHROMIUM ?? find('/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome');
const xvfb = find('/usr/bin/Xvfb');
const quiet = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];

export const kinds: readonly Kind[] = [
  { name: 'Chromium with SwiftShader', path: chromium, args: [...quiet, '--enable-unsafe-swiftshader'] },
  {
    name: 'Chromium with Mesa llvmpipe',
    path: chromium,
    args: [...quiet, '--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist'],
  },
  {
    // headless Firefox has WebGL only where there is a display
    name: process.env.DISPLAY ? 'Firefox' : 'Firefox with Xvfb',
    path:
      process.env.DISPLAY || xvfb
        ? (process.env.FIREFOX ?? find('/usr/bin/firefox-esr', '/usr/bin/firefox'))
        : undefined,
    browser: 'firefox',
    args: [],
  },
];

export async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['test/gpu/page/main.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  return outputFiles[0].text;
}

export interface Session {
  /** Run a check in the page or in a worker of it. */
  run<T>(check: string, given?: unknown, where?: 'page' | 'worker'): Promise<T>;
  readonly page: Page;
  /** The page anew. */
  load(): Promise<void>;
  close(): Promise<void>;
}

/** `built` gives the files of dist/, where they are not those on the disk. */
export async function start(
  kind: Kind,
  script: string | (() => string),
  built: (file: string) => string | Uint8Array | undefined = onDisk,
): Promise<Session> {
  const server = await serve(typeof script === 'string' ? () => script : script, built);
  const profile = mkdtempSync(join(tmpdir(), 'profile-'));
  let browser: Browser | undefined;
  const display = kind.browser && !process.env.DISPLAY ? await showing() : undefined;
  const close = async (): Promise<void> => {
    await browser?.close().catch(() => browser?.process()?.kill('SIGKILL'));
    display?.server.kill();
    server.close();
    server.closeAllConnections();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    browser = await puppeteer.launch({
      executablePath: kind.path,
      browser: kind.browser,
      args: [...kind.args],
      userDataDir: profile,
      env: { ...process.env, ...(display ? { DISPLAY: display.name } : {}) },
      protocolTimeout: kind.patience ?? 600_000,
      timeout: 60_000,
      dumpio: process.env.DUMP !== undefined,
    });
    const page = await browser.newPage();
    const address = server.address();
    const load = async (): Promise<void> => {
      await page.goto(`http://localhost:${typeof address === 'object' ? address?.port : 0}/`);
      await page.waitForFunction('window.checksReady === true', { timeout: 30_000 });
    };
    await load();
    return {
      page,
      load,
      close,
      run: <T>(check: string, given: unknown = {}, where = 'page'): Promise<T> =>
        page.evaluate((...call) => (globalThis as unknown as Asked).ask(...call), where, check, given) as Promise<T>,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A display that nobody sees. */
async function showing(): Promise<{ name: string; server: ChildProcess }> {
  const server = spawn(xvfb as string, ['-displayfd', '1', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = await once(server.stdout as NodeJS.ReadableStream, 'data');
  return { name: `:${String(number).trim()}`, server };
}

interface Asked {
  ask(where: string, check: string, given: unknown): Promise<unknown>;
}

/** The recorded calls that give a mask or an image, in a form that travels. */
function casesText(): string {
  const sent = ({ shape, data }: Recorded): object => {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    return { shape, type: data instanceof Uint8Array ? 'uint8' : 'float32', base64: bytes.toString('base64') };
  };
  const all = (group: Record<string, Recorded>): object =>
    Object.fromEntries(Object.entries(group).map(([k, v]) => [k, sent(v)]));
  return JSON.stringify(
    readCases().map((one) => ({
      ...one,
      className: className(one.node),
      inputs: all(one.inputs),
      outputs: all(one.outputs),
    })),
  );
}

/** The chunk of the build that has the GPU's engine; its name carries a hash. */
const engine = (): string =>
  `/dist/chunks/${readdirSync('dist/chunks').find((name) => /^webgl-open-.*\.js$/.test(name))}`;

/** What is recorded of operations, by name. */
function vectorsText(): string {
  const folder = 'test/vectors/operations';
  const read = (file: string): [string, unknown] => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(join(folder, file), 'utf8')),
  ];
  return JSON.stringify(Object.fromEntries(readdirSync(folder).map(read)));
}

const onDisk = (file: string): Uint8Array | undefined => {
  const path = join('dist', file);
  return existsSync(path) ? readFileSync(path) : undefined;
};

function serve(script: () => string, built: (file: string) => string | Uint8Array | undefined): Promise<Server> {
  let cases: string | undefined;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname.startsWith('/dist/') ? built(pathname.slice('/dist/'.length)) : undefined;
    response.setHeader('content-type', pathname.endsWith('.js') ? 'text/javascript' : 'text/html');
    if (pathname === '/engine.js')
      response.writeHead(302, { location: built('engine.js') ? '/dist/engine.js' : engine() }).end();
    else if (pathname === '/checks.js') response.end(script());
    else if (pathname === '/cases.json') {
      cases ??= casesText();
      response.end(cases);
    } else if (pathname === '/ops.json') response.end(JSON.stringify(evidence()));
    else if (pathname === '/vectors.json') response.end(vectorsText());
    else if (file) response.end(file);
    else response.end('<!doctype html><title>checks</title><script src="/checks.js"></script>');
  });
  return new Promise((resolve) => server.listen(0, () => resolve(server)));
}
