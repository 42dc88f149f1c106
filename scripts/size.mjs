// What an application ships: every entry bundled as an application's bundler would, after brotli. Fails where one is too large.
import { readdirSync } from 'node:fs';
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

/** Chunks that an application loads when it first needs them. */
const lazy = [
  'webgl-open',
  'sources-load',
  'sinks-out',
  'view',
  'wasm-script',
  'kernels-script',
  ...parts.map((part) => `kernels-${part}`),
  'recipes-read',
  'recipes-run',
  'recipes-sha256',
  'colors',
  'wasm-colors',
  'wasm-together',
  'wasm-show',
  'pixels',
  'keys',
  'UPNG',
];
const core = await bundled("export * from 'chromask'", named(...lazy));
const gpu = named('webgl-open')[0];
/** Packs of nodes and the reader of workflows load at first use; what comfy's entry has they need not bring. */
const comfy = await bundled("export * from 'chromask/comfy'", others(core), true);
const apartFromComfy = (...files) => {
  const text = files.map((file, i) => `export * as part${i} from './dist/chunks/${file}';`).join('');
  return bundled(text, [...others(core), ...others(comfy)], true);
};

const rows = [
  ['core, WASM inlined', 25, core],
  ['GPU', 25, gpu && (await bundled(`export * from './dist/chunks/${gpu}'`, others(core, gpu)))],
  [
    'png',
    20,
    await bundled(
      "export * from 'chromask/png'",
      named('wasm-script', 'kernels-', 'UPNG', 'png-').filter((file) => !file.startsWith('kernels-png-')),
    ),
  ],
  ['comfy, its entry', 4, comfy],
  ['comfy, the first node', 3, await apartFromComfy(...named('comfy-run'))],
  [
    'comfy, the reader of workflows',
    14,
    await apartFromComfy(...named('comfy-workflow-missing', 'comfy-workflow-recipe')),
  ],
  ...(await Promise.all(
    named('comfy-packs-').map(async (file) => [
      `nodes, ${file.slice(12).replace(/-[^-]+$/, '')}`,
      6,
      await apartFromComfy(file),
    ]),
  )),
  ['worker, the page', 25, await bundled("export { openWorker } from 'chromask/worker'", named(...lazy, 'wasm-open'))],
  // with pako, loaded for the smallest palettes and animations alone
  [
    'upng-js, when asked for',
    25,
    await bundled(`export * from './dist/chunks/${named('UPNG')[0]}'`, others(core, named('UPNG')[0])),
  ],
  ...(await Promise.all(
    parts.map(async (part) => [
      `kernels of ${part}`,
      part === 'png' ? 7.5 : 6,
      await bundled(`export * from './dist/chunks/${named(`kernels-${part}`)[0]}'`, []),
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

/** Chunks of a bundle, and one more's own file is not among them. */
function others({ inputs }, but) {
  return inputs.filter((file) => file !== but);
}

/** `once`: without what is imported at first use. */
async function bundled(contents, external, once = false) {
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
    plugins: [apart(external, once)],
  });
  const [{ contents: bytes }] = result.outputFiles;
  const inputs = Object.keys(result.metafile.inputs)
    .filter((file) => file.startsWith('dist/'))
    .map((file) => file.replace(/^dist\/(chunks\/)?/, ''));
  return { bytes: brotliCompressSync(bytes).length, raw: bytes.length, inputs };
}

function apart(files, once) {
  return {
    name: 'apart',
    setup(builder) {
      builder.onResolve({ filter: /\.js$/ }, ({ path, kind }) => {
        const file = path.split('/').at(-1);
        return files.includes(file) || (once && kind === 'dynamic-import') ? { path, external: true } : undefined;
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
