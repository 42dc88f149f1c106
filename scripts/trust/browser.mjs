// Pages of Chromium on a software GPU, if there is a Chromium, with the checks of test/gpu/page or with the
// playground.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browsers, pages } from '../browsers.mjs';

const missing = () => void console.log('there is no Chromium: nothing was tried');

/** What `use` returns for the page; undefined, with a note, if there is no browser. */
export async function inPage(use) {
  const { bundle, kinds, start } = await browsers();
  const [kind] = kinds;
  if (!kind.path) return missing();
  const args = [...kind.args, '--js-flags=--expose-gc'];
  const session = await start({ ...kind, args, patience: 4 * 3_600_000 }, await bundle());
  try {
    return await use(session.run);
  } finally {
    await session.close();
  }
}

/** The same with a page of the playground, built and served. `use` receives the page and its address. */
export async function inPlayground(flags, use) {
  const { chromium, openPage, serve } = await pages();
  if (!chromium) return missing();
  const site = mkdtempSync(join(tmpdir(), 'chromask-site-'));
  execFileSync(process.execPath, ['scripts/play.mjs', '--out', site], { stdio: 'ignore' });
  const server = await serve(site);
  const { page, close } = await openPage('--enable-unsafe-swiftshader', ...flags);
  try {
    return await use(page, `${server.url}/playground`);
  } finally {
    await close();
    server.close();
    rmSync(site, { recursive: true });
  }
}
