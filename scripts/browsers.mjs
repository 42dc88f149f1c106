// The browsers of the GPU tests (test/gpu/browsers.ts), for scripts that need a page with its checks.
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export async function browsers() {
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
  return import(pathToFileURL('build/browsers.mjs').href);
}
