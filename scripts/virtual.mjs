// The build's virtual modules: kernels compiled from assembly/ and shaders from glsl/, found by listing their folders.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import asc from 'assemblyscript/asc';
import binaryen from 'binaryen';
import { build as esbuild } from 'esbuild';

const WASM = 'dist/chromask.wasm';
const SCALAR = 'build/scalar.wasm';
const SCRIPT = 'build/scalar.js';

/**
 * Folders shared by other files. Each other folder is a part, loaded when one of its kernels or shaders is first
 * needed.
 */
const SHARED = ['lib', 'space'];
const partsOf = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !SHARED.includes(entry.name))
    .map((entry) => entry.name)
    .sort();
const parts = partsOf('assembly');
const shaderParts = partsOf('glsl');

/** Exports of every part: they set the scratch memory of a thread. */
const EVERYWHERE = ['base', 'scratchAt'];

/**
 * `virtual:parts` tells which part has a kernel, and loads parts: `virtual:core` for the files directly in
 * assembly/, `virtual:NAME` for those of a folder. `virtual:script` has all kernels as JavaScript, `virtual:shaders`
 * the files directly in glsl/, `virtual:shaders-NAME` those of a folder of it. `virtual:thread` is the script of a
 * thread in Node, as text.
 */
export function virtual() {
  const made = {
    parts: registry,
    core: () => embedded((name) => !parts.some((one) => kernelsOf(one).has(name))),
    ...Object.fromEntries(
      parts.map((one) => [one, () => embedded((name) => EVERYWHERE.includes(name) || kernelsOf(one).has(name))]),
    ),
    script: compileScript,
    thread: threadOfNode,
    shaders: shaderRegistry,
    ...Object.fromEntries(shaderParts.map((one) => [`shaders-${one}`, () => shadersIn(one)])),
  };
  return {
    name: 'virtual',
    async buildStart() {
      for (const folder of ['assembly', 'glsl']) for (const file of listed(folder)) this.addWatchFile?.(file);
    },
    resolveId: (id) => (id.startsWith('virtual:') ? `\0${id}` : null),
    load: (id) => (id.startsWith('\0virtual:') ? made[id.slice('\0virtual:'.length)]() : null),
  };
}

/**
 * Bytes as letters that any page may contain: the first 56 values as one letter, all others as two, the first of
 * which selects a group of 56. A server's compression finds the same repetitions as in the binary; base64 hides
 * them, and packing first does worse.
 */
const spelt = (binary) => {
  const letter = (place) => String.fromCharCode(35 + place); // from # on, without quotes and backslashes
  return Array.from(binary, (v) => (v < 56 ? '' : letter(57 + Math.floor(v / 56))) + letter(v % 56)).join('');
};

/**
 * A kernel has the name of its file, whose other exports belong to it. Only kernels of operations are looked up by
 * name; the parts for colours, PNG files and outlines call theirs directly.
 */
function registry() {
  const rows = readdirSync('src/ops').map((file) =>
    file.endsWith('.ts') ? readFileSync(`src/ops/${file}`, 'utf8') : '',
  );
  const operations = new Set(rows.flatMap((text) => [...text.matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name)));
  const names = parts.flatMap((one) => {
    const files = readdirSync(`assembly/${one}`).map((file) => file.replace(/\.ts$/, ''));
    const found = files.filter((name) => operations.has(name));
    return found.length ? [`${one}: '${found.join(' ')}'`] : [];
  });
  const loads = ['core', ...parts].map((one) => `${one}: () => import('virtual:${one}')`);
  return `export const kernelsOf = { ${names.join(', ')} };\nexport const loads = { ${loads.join(', ')} };`;
}

const embedded = async (keep) => `export const spelt = "${spelt(await part(keep))}";`;

/**
 * Companions of a kernel that its file may export: the kernel for floats (`Float`), and facts about its work.
 * `Room`: bytes of scratch; `Between`: bytes that last from one phase to the next; `All`: many of one picture at
 * once. For threads, `Units`: the steps of a phase; `Grain` and `Ahead`: how to divide them; `InTurn`: whether in
 * order; `Bands`: the same by bands of rows that are joined afterwards; `Kept`: the phase that further pictures
 * start with.
 */
const COMPANION = /^(Float)?(All)?(Bands)?(Room|Between|Units|Grain|Ahead|InTurn|Kept)?$/;

/** Names of the kernels of a part. */
const kernelsOf = (one) => exportsOf(`assembly/${one}`);

/** The exports of a folder's own files. Reports an export that the library would not find. */
function exportsOf(folder) {
  const files = listed(folder).filter((file) => dirname(file) === join(folder));
  const exported = files.flatMap((file) => {
    const kernel = basename(file, '.ts');
    const names = [...readFileSync(file, 'utf8').matchAll(/export function (\w+)/g)].map(([, name]) => name);
    const stray = names.find((name) => !name.startsWith(kernel) || !COMPANION.test(name.slice(kernel.length)));
    if (stray) throw new Error(`${file}: ${stray} is neither ${kernel} nor a companion of it`);
    return names;
  });
  return new Set(exported);
}

/**
 * The compiled kernels with only the kept exports. Parts of one binary agree on where constants lie, so that they
 * can share a memory.
 */
async function part(keep) {
  await compileKernels();
  const module = binaryen.readBinary(readFileSync(WASM));
  module.setFeatures(binaryen.Features.All);
  const names = Array.from(
    { length: module.getNumExports() },
    (_, i) => binaryen.getExportInfo(module.getExportByIndex(i)).name,
  );
  for (const name of names) if (!keep(name)) module.removeExport(name);
  module.runPasses(['remove-unused-module-elements']);
  const binary = module.emitBinary();
  module.dispose();
  return binary;
}

/** The scalar kernels as JavaScript, for pages that may not compile WASM. `instantiate({ buffer })` returns them. */
async function compileScript() {
  await compileScalar();
  await once(SCRIPT, async () => {
    const tool = createRequire(import.meta.url).resolve('binaryen/bin/wasm2js');
    execFileSync(process.execPath, [tool, SCALAR, '-all', '-O', '-o', SCRIPT], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  });
  const [body, rest] = readFileSync(SCRIPT, 'utf8').split('var memasmFunc');
  if (!rest) throw new Error('wasm2js no longer writes what this expects');
  return `export function instantiate(memory) { ${body}; return asmFunc({ env: { memory } }); }`;
}

/** One script, as text. */
async function threadOfNode() {
  const options = { bundle: true, minify: true, write: false, format: 'cjs', platform: 'node', target: 'es2022' };
  const { outputFiles } = await esbuild({ entryPoints: ['src/wasm/threadOfNode.ts'], ...options });
  return `export const code = ${JSON.stringify(outputFiles[0].text)};`;
}

// no --memoryBase: with the compiler's default of 1024, an address and its offset fit one instruction
const flags = '--runtime stub --importMemory --optimizeLevel 3 --shrinkLevel 0 --noAssert'.split(' ');
const compiled = new Map();

/** Compiles assembly/ to `dist/chromask.wasm`. */
export function compileKernels() {
  return once(WASM, () => compileNow(['--converge', '--textFile', 'dist/chromask.wat']));
}

/** Arguments for `compileNow`: equivalent kernels, made in a third of the time. */
export const QUICK = ['--optimizeLevel', '1'];

/**
 * Compiles without checking whether it is needed. Without `--converge` it takes a fifth of the time, and the kernels
 * are slower.
 */
export const compileNow = (more = []) => compile('assembly', WASM, ['--enable', 'simd', ...more]);

/** The same sources without vectors: `lib/scalar/lanes.ts` instead of `lib/lanes.ts`, one pixel at a time. */
export function compileScalar() {
  return once(SCALAR, () => compileScalarNow(['--converge']));
}

export function compileScalarNow(more = []) {
  const folder = 'build/scalar';
  rmSync(folder, { recursive: true, force: true });
  cpSync('assembly', folder, { recursive: true });
  cpSync('assembly/lib/scalar/lanes.ts', `${folder}/lib/lanes.ts`);
  return compile(folder, SCALAR, ['--disable', 'simd', ...more]);
}

function once(target, work) {
  if (!compiled.has(target)) {
    const newest = Math.max(...listed('assembly').map((file) => statSync(file).mtimeMs));
    const fresh = existsSync(target) && statSync(target).mtimeMs > newest;
    compiled.set(target, fresh ? Promise.resolve() : work());
  }
  return compiled.get(target);
}

/** Every file of the folder and of its parts is an entry, so that a kernel is exported because its file exists. */
async function compile(folder, target, more) {
  exportsOf('assembly');
  mkdirSync(dirname(target), { recursive: true });
  const entries = [folder, ...parts.map((one) => `${folder}/${one}`)].flatMap((one) =>
    readdirSync(one)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${one}/${file}`),
  );
  const { error, stderr } = await asc.main([...entries, '--outFile', target, ...flags, ...more], {});
  if (error) throw new Error(`${error.message}\n${stderr}`);
}

/** The functions of each part of the shaders and how to load it, and the text of shaders outside parts. */
function shaderRegistry() {
  const entries = shaderParts.map((one) => {
    const text = Object.values(shaders(one)).join('\n');
    const names = [...text.matchAll(/^(?!return )[a-z]+[234]? (\w+)\(.*\{/gm)].map(([, name]) => name);
    return `{ names: '${names.join(' ')}', load: () => import('virtual:shaders-${one}') }`;
  });
  return `${shadersIn('')}\nexport const parts = [${entries.join(', ')}];`;
}

const shadersIn = (one) => `export const shaders = ${JSON.stringify(shaders(one))};`;

/** Removes comments and blank lines. */
function shaders(one) {
  const texts = {};
  const within = (file) => {
    const [, folder] = /^glsl[\\/](\w+)[\\/]/.exec(file) ?? [];
    return folder === one || (one === '' && (folder === undefined || SHARED.includes(folder)));
  };
  for (const file of listed('glsl').filter((file) => file.endsWith('.glsl') && within(file))) {
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
