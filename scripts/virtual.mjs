// What the build puts in place of files: kernels compiled from assembly/, shaders from glsl/. Both by listing their folders.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import asc from 'assemblyscript/asc';

const WASM = 'dist/chromask.wasm';
const SCALAR = 'build/scalar.wasm';

/** `virtual:kernels` is the compiled assembly/ folder, `virtual:shaders` the glsl/ folder. */
export function virtual() {
  return {
    name: 'virtual',
    async buildStart() {
      for (const folder of ['assembly', 'glsl']) for (const file of listed(folder)) this.addWatchFile?.(file);
    },
    resolveId: (id) => (id.startsWith('virtual:') ? `\0${id}` : null),
    async load(id) {
      if (id === '\0virtual:kernels') {
        await Promise.all([compileKernels(), compileScalar()]);
        return `export const binary = ${JSON.stringify(readFileSync(WASM).toString('base64'))};`;
      }
      if (id === '\0virtual:shaders') return `export const shaders = ${JSON.stringify(shaders())};`;
      return null;
    },
  };
}

const flags = [
  '--runtime',
  'stub',
  '--importMemory',
  '--optimizeLevel',
  '3',
  '--shrinkLevel',
  '0',
  '--converge',
  '--noAssert',
];
const compiled = new Map();

/** Compiles assembly/ to `dist/chromask.wasm`. */
export function compileKernels() {
  return once(WASM, () => compile('assembly', WASM, ['--enable', 'simd', '--textFile', 'dist/chromask.wat']));
}

/** The same sources without vectors: `lib/scalar/lanes.ts` in place of `lib/lanes.ts`, one pixel at a time. */
export function compileScalar() {
  return once(SCALAR, () => {
    const folder = 'build/scalar';
    rmSync(folder, { recursive: true, force: true });
    cpSync('assembly', folder, { recursive: true });
    cpSync('assembly/lib/scalar/lanes.ts', `${folder}/lib/lanes.ts`);
    return compile(folder, SCALAR, ['--disable', 'simd']);
  });
}

function once(target, work) {
  if (!compiled.has(target)) {
    const newest = Math.max(...listed('assembly').map((file) => statSync(file).mtimeMs));
    const fresh = existsSync(target) && statSync(target).mtimeMs > newest;
    compiled.set(target, fresh ? Promise.resolve() : work());
  }
  return compiled.get(target);
}

/** Every file of the folder and of its png/ is an entry: a kernel is exported because its file is there. */
async function compile(folder, target, more) {
  mkdirSync(dirname(target), { recursive: true });
  const entries = [folder, `${folder}/png`].flatMap((one) =>
    readdirSync(one)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${one}/${file}`),
  );
  const { error, stderr } = await asc.main([...entries, '--outFile', target, ...flags, ...more], {});
  if (error) throw new Error(`${error.message}\n${stderr}`);
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
