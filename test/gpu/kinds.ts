// The browsers and GPUs for the tests, and their paths on this machine.
import { existsSync } from 'node:fs';

export interface Kind {
  readonly name: string;
  readonly path: string | undefined;
  /** Chromium where it says nothing. */
  readonly browser?: 'firefox' | 'webkit';
  /** What REQUIRE calls it. */
  readonly required: 'webgl2' | 'firefox' | 'webkit';
  readonly args: readonly string[];
  /** What a worker's device is: WebKitGTK has WebGL in pages alone. */
  readonly worker: 'webgl2' | 'wasm';
  /** Milliseconds that a check may take. */
  readonly patience?: number;
}

const find = (...paths: string[]): string | undefined => paths.find((path) => existsSync(path));
export const chromium =
  process.env.CHROMIUM ?? find('/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome');
export const xvfb = find('/usr/bin/Xvfb');
// the other engines have WebGL only where there is a display
const shown = (path: string | undefined): string | undefined => (process.env.DISPLAY || xvfb ? path : undefined);
const where = process.env.DISPLAY ? '' : ' with Xvfb';
const quiet = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];

export const swiftshader: Kind = {
  name: 'Chromium with SwiftShader',
  path: chromium,
  required: 'webgl2',
  worker: 'webgl2',
  args: [...quiet, '--enable-unsafe-swiftshader'],
};

export const llvmpipe: Kind = {
  name: 'Chromium with Mesa llvmpipe',
  path: chromium,
  required: 'webgl2',
  worker: 'webgl2',
  args: [...quiet, '--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist'],
};

export const firefox: Kind = {
  name: `Firefox${where}`,
  path: shown(process.env.FIREFOX ?? find('/usr/bin/firefox-esr', '/usr/bin/firefox')),
  browser: 'firefox',
  required: 'firefox',
  worker: 'webgl2',
  args: [],
};

export const webkit: Kind = {
  name: `WebKitGTK${where}`,
  path: shown(process.env.WEBKIT_DRIVER ?? find('/usr/bin/WebKitWebDriver')),
  browser: 'webkit',
  required: 'webkit',
  worker: 'wasm',
  args: [],
};

export const kinds: readonly Kind[] = [swiftshader, llvmpipe, firefox, webkit];
