// Whether the evidence of test/ops notices a changed kernel: compiled, bundled with the library, and run by one process of Node.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { build as bundle } from 'esbuild';

const RUN = `import { open } from './src/index.js';
import { failing } from './test/gpu/page/evidence.js';
import { evidence } from './test/ops.js';
const device = await open({ device: 'wasm' });
const first = process.argv.slice(2);
const late = ([name]) => Number(!first.includes(name));
for (const [name, { cases }] of Object.entries(evidence()).sort((a, b) => late(a) - late(b))) {
  const [wrong] = await failing(device, name, cases, true);
  if (wrong) {
    console.log(wrong);
    process.exit(3);
  }
}`;

/** `build` is scripts/virtual.mjs; the process stands in a copy of the tree. */
export function evidence(build) {
  const made = build.virtual();
  const modules = {
    name: 'virtual',
    setup(builder) {
      builder.onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: 'virtual' }));
      builder.onLoad({ filter: /.*/, namespace: 'virtual' }, async ({ path }) => {
        // plain JavaScript and threads are not asked for
        if (/:(script|thread)$/.test(path)) return { contents: 'export const code = "", instantiate = undefined;' };
        return { contents: await made.load(`\0${path}`) };
      });
    },
  };

  /** What the first wrong answer is; nothing where all are right. */
  async function tested(first) {
    await bundle({
      stdin: { contents: RUN, resolveDir: process.cwd() },
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'es2022',
      packages: 'external',
      outfile: 'build/evidence.mjs',
      plugins: [modules],
      logLevel: 'silent',
    });
    const { status, stdout, stderr } = spawnSync(process.execPath, ['build/evidence.mjs', ...first], {
      timeout: 120_000,
      killSignal: 'SIGKILL',
      encoding: 'utf8',
    });
    if (status === 0) return undefined;
    if (status === null) return 'it never ends';
    return stdout.trim() || (/^\w*Error.*$/m.exec(stderr)?.[0] ?? 'it does not run');
  }

  return {
    async prepare() {
      await build.compileNow();
      return tested([]);
    },
    async tried({ file, text, first }) {
      const original = readFileSync(file);
      writeFileSync(file, text);
      try {
        await build.compileNow();
      } catch {
        return 'invalid';
      } finally {
        writeFileSync(file, original);
      }
      return tested(first);
    },
    restore() {},
  };
}
