// Builds dist/. Kernels and shaders are found by listing their folders (scripts/virtual.mjs); entries are the files named below.
import { existsSync, rmSync } from 'node:fs';
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import dts from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';
import { virtual } from './scripts/virtual.mjs';

/** Public entries; `index` is the package itself. */
const entries = {
  chromask: 'src/index.ts',
  comfy: 'src/comfy/index.ts',
  png: 'src/png/index.ts',
  testing: 'src/testing/index.ts',
  wasm: 'src/wasm/index.ts',
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

const named = (ending) => (chunk) => `chunks/${chunk.name.replace('_virtual_', '')}-[hash].${ending}`;

const library = {
  input: present,
  plugins: plugins(),
  external: [/^node:/, 'sharp'],
  treeshake: { moduleSideEffects: false },
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
        hoistTransitiveImports: false,
      },
      {
        dir: 'dist',
        format: 'cjs',
        sourcemap: true,
        entryFileNames: '[name].cjs',
        chunkFileNames: named('cjs'),
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
    input: { 'chromask.script': 'virtual:script' },
    output: { dir: 'dist', format: 'esm' },
  },
  ...(existsSync('src/cli/main.ts')
    ? [
        {
          input: { cli: 'src/cli/main.ts', 'cli-worker': 'src/cli/worker.ts' },
          external: [/^node:/, /^chromask/],
          plugins: plugins(),
          output: {
            dir: 'dist',
            format: 'esm',
            sourcemap: true,
            chunkFileNames: named('js'),
            banner: (chunk) => (chunk.name === 'cli' ? '#!/usr/bin/env node' : ''),
          },
        },
      ]
    : []),
  {
    input: present,
    external: [/^node:/],
    plugins: [virtual(), dts()],
    output: [
      { dir: 'dist', format: 'esm', entryFileNames: '[name].d.ts', chunkFileNames: 'types/[name].d.ts' },
      { dir: 'dist', format: 'esm', entryFileNames: '[name].d.cts', chunkFileNames: 'types/[name].d.cts' },
    ],
  },
];
