// Loads modules of src/ without building dist/. Kernels and shaders are not included; `open({ wasm })` takes the
// kernels.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** The exports of a module with this text. Its imports are relative to the repository. */
export async function fromSource(text) {
  mkdirSync('build', { recursive: true });
  const folder = mkdtempSync(join('build', 'source-'));
  const outfile = join(folder, 'source.mjs');
  try {
    await build({
      stdin: { contents: text, resolveDir: process.cwd(), loader: 'ts' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      outfile,
      logLevel: 'error',
      external: ['sharp'],
      plugins: [empty],
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const empty = {
  name: 'empty',
  setup(builder) {
    builder.onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: 'virtual' }));
    builder.onLoad({ filter: /./, namespace: 'virtual' }, () => ({
      contents:
        'export const [kernelsOf, loads, shaders, parts, spelt, instantiate] = [{}, {}, {}, [], "", undefined];',
    }));
  },
};
