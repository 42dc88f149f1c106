// Checks whether the numbers of other programs (test/ops) and the memory checks (test/sabotage) notice a changed
// kernel. The kernels are compiled with fewer optimisations and run in a process that has the library loaded: a
// change takes a second or two.
import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build as bundle } from 'esbuild';

const CHILD = `import { readFileSync } from 'node:fs';
import { answers } from './test/sabotage/answers.js';
process.on('message', async ({ path, first }) => {
  const wasm = new WebAssembly.Module(readFileSync(path));
  const wrong = await answers(wasm, first).catch((error) => String(error));
  process.send({ wrong });
});
process.send({ ready: true });`;

/** Milliseconds after which a run counts as endless. Without a change it takes a twentieth of this. */
const PATIENCE = 120_000;

/** `build` is scripts/virtual.mjs. The current folder is a copy of the tree. */
export async function evidence(build) {
  const made = build.virtual();
  await bundle({
    stdin: { contents: CHILD, resolveDir: process.cwd() },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    packages: 'external',
    outfile: 'build/answers.mjs',
    plugins: [
      {
        name: 'virtual',
        setup(builder) {
          builder.onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: 'virtual' }));
          builder.onLoad({ filter: /.*/, namespace: 'virtual' }, async ({ path }) => ({
            // the kernels are a separate file
            contents: /:(parts|shaders)$/.test(path)
              ? await made.load(`\0${path}`)
              : 'export const spelt = "", code = "", shaders = {}, instantiate = undefined;',
          }));
        },
      },
    ],
    logLevel: 'error',
  });

  let child;
  /** The process that answers, started again if the last one had to be ended. */
  async function ready() {
    if (child) return child;
    child = fork('build/answers.mjs', { serialization: 'advanced' });
    await new Promise((done, failed) => {
      child.once('message', done);
      child.once('exit', () => failed(new Error('what asks the kernels does not start')));
    });
    child.removeAllListeners('exit');
    return child;
  }

  function end() {
    child?.removeAllListeners();
    child?.kill('SIGKILL');
    child = undefined;
  }

  /** The first thing that is wrong, or undefined. */
  async function asked(first, path = 'dist/chromask.wasm') {
    const process = await ready();
    const wrong = await new Promise((done) => {
      const timer = setTimeout(() => done('it never ends'), PATIENCE);
      const told = (wrong) => {
        clearTimeout(timer);
        done(wrong);
      };
      process.once('message', ({ wrong }) => told(wrong));
      process.once('exit', () => told('it ends the process'));
      process.send({ path: resolve(path), first });
    });
    if (wrong === 'it never ends' || wrong === 'it ends the process') end();
    else process.removeAllListeners('exit');
    return wrong;
  }

  return {
    async prepare() {
      await build.compileNow(build.QUICK);
      return asked([]);
    },
    async tried({ file, text, first }) {
      const original = readFileSync(file);
      writeFileSync(file, text);
      try {
        await build.compileNow(build.QUICK);
        const wrong = await asked(first);
        if (wrong) return wrong;
        // vectors may saturate where the scalar build does not
        await build.compileScalarNow(build.QUICK);
      } catch {
        return 'invalid';
      } finally {
        writeFileSync(file, original);
      }
      const wrong = await asked(first, 'build/scalar.wasm');
      return wrong && `without vectors: ${wrong}`;
    },
    restore: end,
  };
}
