// Starts the browsers that the GPU tests run in, with a page and a worker that have the engine loaded.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { className, type Recorded, readCases } from '../golden/read.js';

export interface Kind {
  readonly name: string;
  readonly path: string | undefined;
  readonly browser?: 'firefox';
  readonly args: readonly string[];
}

const find = (...paths: string[]): string | undefined => paths.find((path) => existsSync(path));
const chromium =
  process.env.CHROMIUM ?? find('/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome');
const quiet = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];

export const kinds: readonly Kind[] = [
  { name: 'Chromium with SwiftShader', path: chromium, args: [...quiet, '--enable-unsafe-swiftshader'] },
  {
    name: 'Chromium with Mesa llvmpipe',
    path: chromium,
    args: [...quiet, '--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist'],
  },
  {
    // headless Firefox has WebGL only where there is a display, Xvfb's for one
    name: 'Firefox',
    path: !process.env.DISPLAY ? undefined : (process.env.FIREFOX ?? find('/usr/bin/firefox-esr', '/usr/bin/firefox')),
    browser: 'firefox',
    args: [],
  },
];

/** Every file of a folder by its path without the ending, as the build's `virtual:shaders` has them. */
function textsOf(folder: string, under = ''): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const entry of readdirSync(join(folder, under), { withFileTypes: true })) {
    const path = join(under, entry.name);
    if (entry.isDirectory()) Object.assign(texts, textsOf(folder, path));
    else texts[path.replace(/\.glsl$/, '')] = readFileSync(join(folder, path), 'utf8');
  }
  return texts;
}

const shaders: Plugin = {
  name: 'shaders',
  setup(builder) {
    builder.onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: 'virtual' }));
    builder.onLoad({ filter: /^virtual:shaders$/, namespace: 'virtual' }, () => ({
      contents: `export const shaders = ${JSON.stringify(textsOf('glsl'))};`,
    }));
  },
};

export async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['test/gpu/page/main.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    plugins: [shaders],
  });
  return outputFiles[0].text;
}

export interface Session {
  /** Run a check in the page or in a worker of it. */
  run<T>(check: string, given?: unknown, where?: 'page' | 'worker'): Promise<T>;
  readonly page: Page;
  close(): Promise<void>;
}

export async function start(kind: Kind, script: string): Promise<Session> {
  const server = await serve(script);
  const profile = mkdtempSync(join(tmpdir(), 'profile-'));
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close().catch(() => browser?.process()?.kill('SIGKILL'));
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
      protocolTimeout: 600_000,
      timeout: 60_000,
      dumpio: process.env.DUMP !== undefined,
    });
    const page = await browser.newPage();
    const address = server.address();
    await page.goto(`http://localhost:${typeof address === 'object' ? address?.port : 0}/`);
    await page.waitForFunction('window.checksReady === true', { timeout: 30_000 });
    return {
      page,
      close,
      run: <T>(check: string, given: unknown = {}, where = 'page'): Promise<T> =>
        page.evaluate((...call) => (globalThis as unknown as Asked).ask(...call), where, check, given) as Promise<T>,
    };
  } catch (error) {
    await close();
    throw error;
  }
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

function serve(script: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = join('dist', pathname.replace(/^\/dist\//, ''));
    response.setHeader('content-type', pathname.endsWith('.js') ? 'text/javascript' : 'text/html');
    if (pathname === '/checks.js') response.end(script);
    else if (pathname === '/cases.json') response.end(casesText());
    else if (pathname.startsWith('/dist/') && existsSync(file)) response.end(readFileSync(file));
    else response.end('<!doctype html><title>checks</title><script src="/checks.js"></script>');
  });
  return new Promise((resolve) => server.listen(0, () => resolve(server)));
}
