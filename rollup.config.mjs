// Builds dist/: kernels and shaders are found by listing their folders, entries are the files named below.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import asc from 'assemblyscript/asc';
import dts from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';

/** Public entries; `index` is the package itself. */
const entries = {
  chromask: 'src/index.ts',
  comfy: 'src/comfy/index.ts',
  png: 'src/png/index.ts',
  wasm: 'src/wasm/index.ts',
};
const present = Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file)));
const WASM = 'dist/chromask.wasm';

const plugins = () => [
  virtual(),
  nodeResolve({ browser: true, preferBuiltins: true }),
  commonjs(),
  esbuild({ target: 'es2022', minify: true, sourceMap: true }),
];

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
        chunkFileNames: 'chunks/[name]-[hash].js',
        hoistTransitiveImports: false,
      },
      {
        dir: 'dist',
        format: 'cjs',
        sourcemap: true,
        entryFileNames: '[name].cjs',
        chunkFileNames: 'chunks/[name]-[hash].cjs',
        exports: 'named',
      },
    ],
  },
  {
    ...library,
    input: 'src/index.ts',
    output: {
      file: 'dist/chromask.global.js',
      format: 'iife',
      name: 'chromask',
      sourcemap: true,
      inlineDynamicImports: true,
    },
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

/** `virtual:kernels` is the compiled assembly/ folder, `virtual:shaders` the glsl/ folder. */
function virtual() {
  return {
    name: 'virtual',
    async buildStart() {
      for (const folder of ['assembly', 'glsl']) for (const file of listed(folder)) this.addWatchFile(file);
    },
    resolveId: (id) => (id.startsWith('virtual:') ? `\0${id}` : null),
    async load(id) {
      if (id === '\0virtual:kernels') {
        await compileKernels();
        return `export const binary = ${JSON.stringify(readFileSync(WASM).toString('base64'))};`;
      }
      if (id === '\0virtual:shaders') return `export const shaders = ${JSON.stringify(shaders())};`;
      return null;
    },
  };
}

let compiled;

/** Every file of assembly/ and assembly/png/ is an entry: a kernel is exported because its file is there. */
export function compileKernels() {
  compiled ??= (async () => {
    const sources = listed('assembly');
    const newest = Math.max(...sources.map((file) => statSync(file).mtimeMs));
    if (existsSync(WASM) && statSync(WASM).mtimeMs > newest) return;
    mkdirSync('dist', { recursive: true });
    const entries = ['assembly', 'assembly/png'].flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `${folder}/${file}`),
    );
    const { error, stderr } = await asc.main(
      [
        ...entries,
        ...['--outFile', WASM, '--textFile', 'dist/chromask.wat'],
        ...['--runtime', 'stub', '--importMemory', '--enable', 'simd', '--optimizeLevel', '3', '--shrinkLevel', '0'],
        ...['--converge', '--noAssert'],
      ],
      {},
    );
    if (error) throw new Error(`${error.message}\n${stderr}`);
  })();
  return compiled;
}

/** Comments and blank lines are for readers, not for drivers. */
function shaders() {
  const texts = {};
  for (const file of listed('glsl').filter((file) => file.endsWith('.glsl'))) {
    const name = file.slice('glsl/'.length, -'.glsl'.length).replaceAll('\\', '/');
    const lines = readFileSync(file, 'utf8')
      .replaceAll(/\/\*[\s\S]*?\*\//g, '')
      .split('\n');
    texts[name] = lines
      .map((line) => line.replace(/\/\/.*/, '').trim())
      .filter(Boolean)
      .join('\n');
  }
  return texts;
}

function listed(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
