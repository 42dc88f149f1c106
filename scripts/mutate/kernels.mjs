// Tries a changed kernel or table: first the evidence of the rows, which takes a few seconds; then builds only what
// the change needs and runs the tests, those that notice most first.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { evidence } from './evidence.mjs';
import { rowsOf } from './list.mjs';

const list = (folder) => readdirSync(folder).filter((file) => file.endsWith('.test.ts'));
const in_ = (folder, ...names) => names.map((name) => `test/${folder}${name}.test.ts`);

/** Test files in the order in which they run. The slowest come last. */
function stages(file) {
  const png = in_('png/', 'files', 'cut', 'hostile', 'apng', 'encode', 'fuzz', 'read');
  const kernels = [
    ...in_('trust/', 'kernels'),
    ...in_('', 'operations', 'kernels', 'golden'),
    ...in_('trust/', 'counting'),
    ...in_('', 'lend'),
  ];
  const rest = [...in_('', 'colours', 'tables', 'recipes'), ...in_('comfy/', 'random'), ...in_('trust/', 'wide')];
  if (file.startsWith('assembly/png/')) return { simd: png, scalar: ['test/script.test.ts'] };
  if (file.startsWith('assembly/show/')) return { simd: in_('', 'show') };
  if (file.startsWith('assembly/outlines/')) return { simd: in_('', 'outlines', 'coco') };
  if (file.startsWith('assembly/colors/'))
    return { simd: [...in_('', 'kernels', 'golden'), ...in_('trust/', 'kernels', 'counting'), ...in_('', 'threads')] };
  if (file.startsWith('src/')) return { simd: [...in_('', 'tables', 'ops', 'operations', 'golden'), ...rest] };
  return { simd: [...kernels, ...rest], scalar: ['test/script.test.ts'] };
}

/** `build` is scripts/virtual.mjs. The current folder is the copy. */
export async function kernels(build) {
  const rows = await evidence(build);
  const root = resolve('.');
  const config = `import { defineConfig } from 'vitest/config'; import { virtual } from './scripts/virtual.mjs';
const own = (name, file) => ({ find: new RegExp('^' + name + '$'), replacement: ${JSON.stringify(root)} + '/src/' + file });
const order = (process.env.ORDER ?? '').split(',');
class InOrder { shard(files) { return files; } sort(files) { const at = (one) => order.findIndex((name) => one.moduleId.endsWith(name)); return [...files].sort((a, b) => at(a) - at(b)); } }
export default defineConfig({ root: ${JSON.stringify(root)}, plugins: [virtual()], test: { include: ['test/**/*.test.ts'], testTimeout: 60000, hookTimeout: 60000, pool: 'threads', fileParallelism: false, sequence: { sequencer: InOrder } },
  resolve: { alias: [own('chromask', 'index.ts'), own('chromask/comfy', 'comfy/index.ts'), own('chromask/png', 'png/index.ts'), own('chromask/wasm', 'entries/wasm.ts')] } });`;
  writeFileSync('vitest.config.ts', config);

  /** The name of the first test that fails, or undefined. */
  function tested(files, seconds) {
    const there = files.filter((file) => list(file.slice(0, file.lastIndexOf('/'))).includes(file.split('/').at(-1)));
    const { status, stdout } = spawnSync(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--bail', '1', '--reporter', 'tap-flat', ...there],
      {
        env: { ...process.env, ORDER: there.join(','), NO_COLOR: '1' },
        timeout: seconds * 1000,
        killSignal: 'SIGKILL',
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        maxBuffer: 2 ** 28,
      },
    );
    if (status === 0) return undefined;
    if (status === null) return 'the tests never end';
    return /^not ok \d+ - (.* > .*?)( # time.*)?$/m.exec(stdout)?.[1] ?? 'a file of tests does not start';
  }

  const compiled = async (work) => {
    try {
      await work();
      return true;
    } catch {
      return false;
    }
  };

  return {
    /** Builds the unchanged copy and runs the tests that its changes will face. */
    async prepare(area) {
      const wrong = await rows.prepare();
      if (wrong) return wrong;
      await build.compileNow();
      if (area === 'tables') return tested(stages('src/x.ts').simd, 900);
      await build.compileScalarNow();
      const own = ['show', 'outlines', 'colors'].flatMap((folder) => stages(`assembly/${folder}/x.ts`).simd);
      if (area === 'others') return tested([...stages('assembly/png/x.ts').simd, ...own], 900);
      const { simd } = stages('assembly/png/x.ts');
      return tested([...simd, ...stages('assembly/x.ts').simd, 'test/script.test.ts'], 900);
    },
    async tried({ file, text }) {
      if (/^assembly\/(?!(png|show|outlines)\/)/.test(file)) {
        const by = await rows.tried({ file, text, first: rowsOf('assembly', file) });
        if (by) return by;
      }
      const original = readFileSync(file);
      writeFileSync(file, text);
      const { simd, scalar } = stages(file);
      const twice = file.startsWith('assembly/png/');
      try {
        if (file.startsWith('src/')) return tested(simd, 200);
        if (!(await compiled(build.compileNow))) return 'invalid';
        if (!scalar) return tested(simd, 300);
        if (twice && !(await compiled(build.compileScalarNow))) return 'invalid';
        const noticed = tested(simd, 300);
        if (noticed) return noticed;
        if (!twice && !(await compiled(build.compileScalarNow))) return 'the build without vectors fails';
        rmSync('build/scalar.js', { force: true });
        return tested(scalar, 300);
      } finally {
        writeFileSync(file, original);
      }
    },
    /** Restores the built kernels for other tools. */
    async restore() {
      rows.restore();
      await build.compileNow();
      await build.compileScalarNow();
      rmSync('build/scalar.js', { force: true });
    },
  };
}
