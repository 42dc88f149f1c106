// Starts the browsers for the GPU tests, with the built engine loaded in a page and in a worker.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import puppeteer from 'puppeteer';
import { type Kind, xvfb } from './kinds.js';
import { type Built, onDisk, serve } from './server.js';
import { drive } from './webkit.js';

export { type Kind, kinds } from './kinds.js';

export async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['test/gpu/page/main.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    // what a device on kernels has; here it comes from the built files
    external: ['virtual:*', 'node:*', 'sharp'],
  });
  return outputFiles[0].text;
}

export interface Session {
  /** Run a check in the page or in a worker of it. */
  run<T>(check: string, given?: unknown, where?: 'page' | 'worker'): Promise<T>;
  /** The engine's version. */
  readonly version: string;
  /** The page anew; `/strict` is one that may not compile WebAssembly. */
  load(path?: '/' | '/strict'): Promise<void>;
  close(): Promise<void>;
}

/** One tab of a browser, whichever way it is driven. */
interface Tab {
  readonly version: string;
  goto(url: string): Promise<unknown>;
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

/** `built` gives the files of dist/, where they are not those on the disk. */
export async function start(kind: Kind, script: string | (() => string), built: Built = onDisk): Promise<Session> {
  const server = await serve(typeof script === 'string' ? () => script : script, built);
  const display = kind.browser && !process.env.DISPLAY ? await showing() : undefined;
  let tab: Tab | undefined;
  const close = async (): Promise<void> => {
    await tab?.close();
    display?.server.kill();
    server.close();
    server.closeAllConnections();
  };
  try {
    tab = await (kind.browser === 'webkit' ? drive(kind.path as string, display?.name) : launch(kind, display?.name));
    const { goto, evaluate, version } = tab;
    const address = server.address();
    const load = async (path = '/'): Promise<void> => {
      await goto(`http://localhost:${typeof address === 'object' ? address?.port : 0}${path}`);
      if ((await evaluate('window.checksReady')) !== true) throw new Error('the page has no checks');
    };
    await load();
    return {
      version,
      load,
      close,
      run: <T>(check: string, given: unknown = {}, where = 'page'): Promise<T> =>
        evaluate(`ask(${[where, check, given].map((value) => JSON.stringify(value)).join()})`) as Promise<T>,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Chromium or Firefox, by puppeteer. */
async function launch(kind: Kind, display: string | undefined): Promise<Tab> {
  const profile = mkdtempSync(join(tmpdir(), 'profile-'));
  const gone = (): void => rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  try {
    const browser = await puppeteer.launch({
      executablePath: kind.path,
      browser: kind.browser === 'firefox' ? 'firefox' : 'chrome',
      args: [...kind.args],
      userDataDir: profile,
      env: { ...process.env, ...(display ? { DISPLAY: display } : {}) },
      protocolTimeout: kind.patience ?? 600_000,
      timeout: 60_000,
      dumpio: process.env.DUMP !== undefined,
    });
    const page = await browser.newPage();
    return {
      version: (await browser.version()).replace(/^\D*/, ''),
      goto: (url) => page.goto(url),
      evaluate: (expression) => page.evaluate(expression),
      close: async () => {
        await browser.close().catch(() => browser.process()?.kill('SIGKILL'));
        gone();
      },
    };
  } catch (error) {
    gone();
    throw error;
  }
}

/** A virtual display. */
async function showing(): Promise<{ name: string; server: ChildProcess }> {
  const server = spawn(xvfb as string, ['-displayfd', '1', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = await once(server.stdout as NodeJS.ReadableStream, 'data');
  return { name: `:${String(number).trim()}`, server };
}
