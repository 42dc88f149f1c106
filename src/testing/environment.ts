// Where tests run. happy-dom and jsdom have the names of a page and nothing behind them: no WebGL, no bitmaps, no canvas.

import { ChromaskError } from '../base/errors.js';
import { isNode } from '../base/node.js';

export type Environment = 'browser' | 'worker' | 'node' | 'happy-dom' | 'jsdom' | 'other';

/** Where this runs. */
export function environment(): Environment {
  const agent = typeof navigator === 'undefined' ? '' : String(navigator.userAgent);
  if ('happyDOM' in globalThis || /HappyDOM/i.test(agent)) return 'happy-dom';
  if (/jsdom\//i.test(agent)) return 'jsdom';
  if (isNode()) return 'node';
  if (typeof document !== 'undefined') return 'browser';
  return typeof self === 'undefined' ? 'other' : 'worker';
}

/** For a test that needs a browser's own canvases, elements or WebGL: refuses every other place, by its name. */
export function needsBrowser(): void {
  const here = environment();
  if (here === 'browser' || here === 'worker') return;
  const what = ['happy-dom', 'jsdom'].includes(here) ? `${here}, which draws nothing` : here;
  const message = `needsBrowser: this must be a browser, got ${what}; run it in one (vitest's browser mode, puppeteer, Playwright)`;
  throw new ChromaskError('unsupported', message);
}
