// What a browser has to be started with so that a machine without a GPU has WebGL2: the same for puppeteer and Playwright.
import { check } from '../base/params.js';

const flags = {
  /** Chromium's own program for WebGL; it comes with every Chromium. */
  swiftshader: ['--enable-unsafe-swiftshader'],
  /** Mesa's, where it is installed. */
  llvmpipe: ['--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist'],
  /** The machine's own GPU, also where Chromium mistrusts it. */
  hardware: ['--ignore-gpu-blocklist', '--enable-gpu'],
  /** No WebGL: what chromask does then. */
  none: ['--disable-gpu', '--disable-3d-apis'],
} as const;

export interface LaunchOptions {
  /** Default: swiftshader. */
  gpu?: keyof typeof flags | undefined;
  /** false: without Chromium's sandbox, as root in a container needs it. Default: true. */
  sandbox?: boolean | undefined;
}

const schema = {
  gpu: { type: 'choice', options: ['swiftshader', 'llvmpipe', 'hardware', 'none'], default: 'swiftshader' },
  sandbox: { type: 'boolean', default: true },
} as const;

/** For `args` of `puppeteer.launch` and of Playwright's `chromium.launch`. */
export function launchArgs(options: LaunchOptions = {}): string[] {
  const { gpu, sandbox } = check('launchArgs', schema, options);
  return [...flags[gpu], ...(sandbox ? [] : ['--no-sandbox'])];
}
