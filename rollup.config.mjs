// Builds dist/. Kernels and shaders are found by listing their folders (scripts/virtual.mjs); entries are the files named below.
import { existsSync, rmSync } from 'node:fs';
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import dts from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';
import { ranges } from './scripts/ranges.mjs';
import { virtual } from './scripts/virtual.mjs';

/** Public entries; `index` is the package itself. */
const entries = {
  chromask: 'src/index.ts',
  comfy: 'src/comfy/index.ts',
  png: 'src/png/index.ts',
  testing: 'src/testing/index.ts',
  wasm: 'src/entries/wasm.ts',
  worker: 'src/entries/worker.ts',
};
const present = Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file)));

// names in these folders change with what is in the files: those of the last build would stay
for (const folder of ['dist/chunks', 'dist/types']) rmSync(folder, { recursive: true, force: true });

const plugins = () => [
  virtual(),
  nodeResolve({ browser: true, preferBuiltins: true }),
  commonjs(),
  esbuild({ target: 'es2022', minify: true, sourceMap: true }),
];

/** Chunks are called by the file they begin with, folder and all: webgl-open, sources-load. */
const named = (ending) => (chunk) => {
  const [, path] = /[/\\]src[/\\](.+)\.ts$/.exec(chunk.facadeModuleId ?? '') ?? [];
  const name = path
    ? path.replaceAll(/[/\\]/g, '-')
    : chunk.name.replace(/^_virtual_(?=shaders)/, '').replace('_virtual_', 'kernels-');
  return `chunks/${name}-[hash].${ending}`;
};

function together(id) {
  // Lab's kernels and what they interpolate in are always needed together: one request brings all
  if (/virtual:lab$|[/\\]ops[/\\]figures[/\\]lab\.ts$|[/\\]wasm[/\\]lattices\.ts$/.test(id)) return 'kernels-lab';
  // an engine needs these of what is there already, and no more
  if (/[/\\]src[/\\](engine|base[/\\](errors|color|params|arrays|pause))\.ts$/.test(id)) return 'base';
  // what the two sides of a worker share would bring the page's whole entry to the other side
  return /[/\\]worker[/\\]protocol\.ts$/.test(id) ? 'worker-protocol' : undefined;
}

const THREAD = 'chromask.thread.js';

/** One file for workers, which some bundlers do not split; what it seldom needs is an asset to them. */
const fromBeside = (file) => ({
  name: 'from-beside',
  renderChunk(code) {
    const before = `import("./${file}")`;
    if (!code.includes(before)) this.error(`there is no ${before}`);
    const asset = `new URL("./${file}",import.meta.url).href`;
    return { code: code.replace(before, `import(/* @vite-ignore */ /* webpackIgnore: true */ ${asset})`), map: null };
  },
});

/** The script of a thread lies beside the entries, chunks one folder further in. */
const fromChunks = {
  name: 'from-chunks',
  renderChunk: (code, { fileName }) =>
    fileName.startsWith('chunks/') && code.includes(THREAD)
      ? { code: code.replaceAll(`./${THREAD}`, `../${THREAD}`), map: null }
      : null,
};

const library = {
  input: present,
  plugins: [...plugins(), fromChunks],
  external: [/^node:/, 'sharp'],
  treeshake: { moduleSideEffects: false },
};

/** What runs in Node alone: the package itself is outside, and so is what its user installs. */
const node = {
  plugins: plugins(),
  external: [/^node:/, /^chromask/, 'bullmq', '@aws-sdk/client-s3'],
};

export default [
  {
    ...library,
    output: [
      {
        dir: 'dist',
        format: 'esm',
        sourcemap: true,
        chunkFileNames: named('js'),
        hashCharacters: 'hex',
        manualChunks: together,
        onlyExplicitManualChunks: true,
        hoistTransitiveImports: false,
      },
      {
        dir: 'dist',
        format: 'cjs',
        sourcemap: true,
        entryFileNames: '[name].cjs',
        chunkFileNames: named('cjs'),
        hashCharacters: 'hex',
        manualChunks: together,
        onlyExplicitManualChunks: true,
        exports: 'named',
      },
    ],
  },
  {
    ...library,
    input: 'src/index.ts',
    external: [...library.external, 'virtual:script'],
    output: {
      file: 'dist/chromask.global.js',
      format: 'iife',
      name: 'chromask',
      sourcemap: true,
      inlineDynamicImports: true,
      // seldom needed, so a file beside the script
      paths: { 'virtual:script': './chromask.script.js' },
    },
  },
  {
    ...library,
    input: 'src/worker/workerEntry.ts',
    plugins: [...plugins(), fromBeside('chromask.script.js')],
    external: [...library.external, 'virtual:script'],
    output: {
      file: 'dist/chromask.worker.js',
      format: 'esm',
      sourcemap: true,
      inlineDynamicImports: true,
      paths: { 'virtual:script': './chromask.script.js' },
    },
  },
  {
    ...library,
    input: 'src/wasm/threadOfPage.ts',
    output: { file: `dist/${THREAD}`, format: 'esm', sourcemap: true },
  },
  {
    ...library,
    input: { 'chromask.script': 'virtual:script' },
    output: { dir: 'dist', format: 'esm' },
  },
  {
    ...node,
    input: {
      cli: 'src/cli/main.ts',
      'cli-worker': 'src/cli/worker.ts',
      queue: 'src/queue/index.ts',
      'queue-processor': 'src/queue/processor.ts',
    },
    output: {
      dir: 'dist',
      format: 'esm',
      sourcemap: true,
      chunkFileNames: named('js'),
      banner: (chunk) => (chunk.name === 'cli' ? '#!/usr/bin/env node' : ''),
    },
  },
  {
    ...node,
    input: 'src/queue/index.ts',
    output: { file: 'dist/queue.cjs', format: 'cjs', sourcemap: true, inlineDynamicImports: true },
  },
  {
    input: { ...present, queue: 'src/queue/index.ts' },
    external: [/^node:/],
    plugins: [virtual(), dts({ compilerOptions: { stripInternal: true } }), ranges()],
    output: ['ts', 'cts'].map((ending) => ({
      dir: 'dist',
      format: 'esm',
      entryFileNames: `[name].d.${ending}`,
      chunkFileNames: `types/[name].d.${ending}`,
      // batches and devices have Symbol.dispose, which a project's own list of libraries may lack
      banner: '/// <reference lib="esnext.disposable" />',
    })),
  },
];
