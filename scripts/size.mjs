// Measures what an application ships: bundles every entry like an application's bundler and compresses it with
// brotli. Fails if one is too large.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { rollup } from 'rollup';

const chunks = readdirSync('dist/chunks').filter((file) => file.endsWith('.js'));
const named = (...names) =>
  chunks.filter((file) => names.some((name) => file.startsWith(name.endsWith('-') ? name : `${name}-`)));

/** Folders of assembly/ that load at first use. */
const parts = readdirSync('assembly', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['lib', 'space'].includes(entry.name))
  .map((entry) => entry.name);

const textOf = (file) => readFileSync(chunks.includes(file) ? `dist/chunks/${file}` : `dist/${file}`, 'utf8');
const importsIn = (file, pattern) => [...textOf(file).matchAll(pattern)].map(([, name]) => name);

/** These files and everything that they import eagerly. */
function together(...files) {
  const found = new Set(files);
  for (const file of found)
    for (const name of importsIn(file, /\b(?:from|import)\s*"\.\/(?:chunks\/)?([^"]+\.js)"/g)) found.add(name);
  return found;
}

/** Everything that these files import lazily. */
const lazyOf = (files) => [...files].flatMap((file) => importsIn(file, /\bimport\("\.\/(?:chunks\/)?([^"]+\.js)"\)/g));

/** Joins files like an application's bundler, without those that are loaded already. */
function apartFrom(known, ...files) {
  const own = together(...files);
  const outside = chunks.filter((file) => !own.has(file) || known.has(file));
  return bundled(
    files
      .map((file, i) => `export * as part${i} from './dist/${chunks.includes(file) ? 'chunks/' : ''}${file}';`)
      .join(''),
    outside,
  );
}

const none = new Set();
// on WASM a channel needs the engine and its first kernels, which load at `open`
const wasm = chunks.filter((file) => textOf(file).includes('import("./wasm-colors'));
const kernels = named('kernels-core');
const core = together('chromask.js', ...wasm, ...kernels);
const gpu = named('webgl-open')[0];
// loads separately
const aid = named('api-openGpu')[0];
const comfy = together('comfy.js');
const packs = named('comfy-packs-');
const lazy = lazyOf([...comfy].filter((file) => !core.has(file))).filter((file) => !packs.includes(file));
const reader = named('comfy-workflow-run', 'comfy-workflow-saved');
const shared = [...together(...reader)].filter(
  (file) => together(...packs).has(file) && !core.has(file) && !comfy.has(file),
);
const seldom = [...lazy, ...lazyOf(together(...reader))].filter((file) => /^comfy-/.test(file));

const rows = [
  ['core, WASM inlined', 22, await apartFrom(none, 'chromask.js', ...wasm, ...kernels)],
  ['GPU', 20, gpu && (await apartFrom(core, gpu))],
  ['GPU, what follows or helps it', 1, await apartFrom(core, aid)],
  [
    'png',
    20,
    await bundled(
      "export * from 'chromask/png'",
      named('wasm-script', 'wasm-source', 'wasm-shared', 'kernels-', 'UPNG', 'png-').filter(
        (file) => !file.startsWith('kernels-png-'),
      ),
    ),
  ],
  ['comfy, its entry', 4, await apartFrom(core, 'comfy.js')],
  ['comfy, what all nodes share', 3, await apartFrom(new Set([...core, ...comfy]), ...shared)],
  ['comfy, the reader of workflows', 9, await apartFrom(new Set([...core, ...comfy, ...shared]), ...reader)],
  [
    'comfy, what is seldom needed',
    9,
    await apartFrom(
      new Set([...core, ...comfy, ...shared, ...together(...reader)]),
      ...new Set(seldom.filter((file) => ![...reader, ...packs].includes(file))),
    ),
  ],
  ...(await Promise.all(
    packs.map(async (file) => [
      `nodes, ${file.slice(12).replace(/-[^-]+$/, '')}`,
      6,
      await apartFrom(new Set([...core, ...comfy, ...shared]), file),
    ]),
  )),
  ['worker, the page', 16, await apartFrom(none, 'worker.js')],
  // with pako, which loads for the smallest palettes and for animations only
  ['upng-js, when asked for', 25, await apartFrom(core, named('UPNG')[0])],
  ...(await Promise.all(
    parts.map(async (part) => [
      `kernels of ${part}`,
      part === 'png' ? 7.5 : 6,
      await bundled(`export * from './dist/chunks/${named(`kernels-${part}`)[0]}'`, []),
    ]),
  )),
  ...(await Promise.all(
    named('shaders-').map(async (file) => [
      `shaders of ${file.slice(8).replace(/-[^-]+$/, '')}`,
      2,
      await bundled(`export * from './dist/chunks/${file}'`, []),
    ]),
  )),
  ['plain JavaScript kernels', 40, await bundled(`export * from './dist/chromask.script.js'`, [])],
];

let large = false;
for (const [name, most, { bytes, raw }] of rows) {
  const over = bytes > most * 1024;
  large ||= over;
  console.log(
    `${name.padEnd(32)}${(bytes / 1024).toFixed(1).padStart(6)} KB of ${most} KB, ${(raw / 1024).toFixed(1).padStart(6)} KB raw${over ? '  TOO LARGE' : ''}`,
  );
}

const unused = ['chromask', 'chromask/comfy', 'chromask/png', 'chromask/testing', 'chromask/wasm', 'chromask/worker'];
for (const [tool, bundle] of [
  ['esbuild', async (text) => (await bundled(text, [])).raw],
  ['rollup', shaken],
]) {
  for (const entry of unused) {
    const left = await bundle(`import * as it from '${entry}'; console.log(1);`);
    if (left < 100) continue;
    console.log(`${tool} keeps ${left} bytes of an unused ${entry}`);
    large = true;
  }
}
if (!large) console.log('nothing is kept of an unused entry, by esbuild or by rollup');
process.exitCode = large ? 1 : 0;

async function bundled(contents, external) {
  const result = await build({
    stdin: { contents, resolveDir: process.cwd(), loader: 'js' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    metafile: true,
    tsconfigRaw: '{}',
    outfile: 'out.js',
    plugins: [apart(external)],
  });
  const [{ contents: bytes }] = result.outputFiles;
  const inputs = Object.keys(result.metafile.inputs)
    .filter((file) => file.startsWith('dist/'))
    .map((file) => file.replace(/^dist\/(chunks\/)?/, ''));
  return { bytes: brotliCompressSync(bytes).length, raw: bytes.length, inputs };
}

function apart(files) {
  return {
    name: 'apart',
    setup(builder) {
      builder.onResolve({ filter: /\.js$/ }, ({ path }) => {
        const file = path.split('/').at(-1);
        return files.includes(file) ? { path, external: true } : undefined;
      });
    },
  };
}

async function shaken(text) {
  const bundle = await rollup({
    input: 'entry',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => {
          if (id === 'entry') return id;
          const [, entry] = /^chromask\/?(.*)$/.exec(id) ?? [];
          return entry === undefined
            ? null
            : { id: resolve(`dist/${entry || 'chromask'}.js`), moduleSideEffects: false };
        },
        load: (id) => (id === 'entry' ? text : null),
      },
    ],
    onwarn: () => {},
  });
  const { output } = await bundle.generate({ format: 'esm' });
  return output.reduce((sum, { code = '' }) => sum + code.length, 0);
}
