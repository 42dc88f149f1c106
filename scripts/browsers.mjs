// Exports what tests do with browsers to scripts. It is written in TypeScript.
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** The browsers of the GPU tests, for scripts that need a page with their checks. */
export const browsers = () => bundled('test/gpu/browsers.ts');
/** A static server, and pages of Chromium. */
export const pages = () => bundled('test/browsers.ts');

async function bundled(entry) {
  const outfile = `build/${entry.replaceAll('/', '-').replace(/\.ts$/, '.mjs')}`;
  await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL('test/golden/read.ts').href) },
    outfile,
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
