// A page of Chromium on a software GPU with the checks of test/gpu/page in it, where there is a Chromium.
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** What `use` gives of the page; undefined, and said so, where there is no browser. */
export async function inPage(use) {
  await build({
    entryPoints: ['test/gpu/browsers.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL('test/golden/read.ts').href) },
    outfile: 'build/browsers.mjs',
    logLevel: 'error',
  });
  const { bundle, kinds, start } = await import(new URL('../../build/browsers.mjs', import.meta.url));
  const [kind] = kinds;
  if (!kind.path) return void console.log('there is no Chromium: nothing was tried');
  const session = await start({ ...kind, args: [...kind.args, '--js-flags=--expose-gc'] }, await bundle());
  try {
    return await use(session.run);
  } finally {
    await session.close();
  }
}
