// Whether what other programs gave (test/ops) and the watch over memory (test/sabotage) notice a changed kernel. The kernels are
// compiled without the last optimisations, and a process that has the library loaded runs them: a change takes a second or two.
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

/** What takes longer than this never ends: without a change it takes a twentieth. */
const PATIENCE = 120_000;

/** `build` is scripts/virtual.mjs; the process stands in a copy of the tree. */
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
            // the kernels come as a file of their own
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
  /** The process that answers, started anew where the last one had to be ended. */
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

  /** What is wrong first; nothing where all is right. */
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
        // vectors may saturate what one lane does not
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
