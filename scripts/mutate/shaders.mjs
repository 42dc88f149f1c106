// Tries a changed shader in a browser with a software GPU, whose page is loaded again for every change.
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { browsers } from '../browsers.mjs';

/** Checks of test/gpu/page: evidence, the rows of the changed file first, then those that notice most in the least time. */
const all = ({ first = [] }) => [['evidence', { first, bail: true }], ...asked];
const asked = [
  ['operations', { seed: 1 }],
  ['operations', { seed: 2, tile: 7 }],
  ['golden', {}],
  ['chains', { from: 1, count: 120 }],
  ['seen', {}],
  ['elements', {}],
  ['seams', {}],
];
const channels = ['L(LAB)', 'A(Lab)', 'B(Lab)', 'Y(YUV)', 'U(YUV)', 'V(YUV)', 'H(HSV)', 'S(HSV)', 'V(HSV)', 'luma'];
asked.push(['colours', { channels }]);

/** `checks` returns the checks for a change, or for none, if they are not all. */
export async function shaders(virtual, checks = all) {
  const virtualModules = {
    name: 'virtual',
    setup(builder) {
      builder.onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: 'virtual' }));
      builder.onLoad({ filter: /.*/, namespace: 'virtual' }, async ({ path }) => {
        kept[path] ??= path.startsWith('virtual:shaders') ? undefined : await virtual.load(`\0${path}`);
        return { contents: kept[path] ?? (await virtual.load(`\0${path}`)) };
      });
    },
  };
  const kept = {};
  let script = '';
  let files = new Map();
  const common = { bundle: true, write: false, format: 'esm', target: 'es2022', plugins: [virtualModules] };
  async function bundle() {
    const [page, library] = await Promise.all([
      build({ ...common, entryPoints: ['test/gpu/page/main.ts'], format: 'iife' }),
      build({
        ...common,
        entryPoints: { chromask: 'src/index.ts', comfy: 'src/comfy/index.ts', engine: 'src/webgl/open.ts' },
        splitting: true,
        outdir: 'dist',
        external: ['upng-js', 'sharp', 'node:*'],
      }),
    ]);
    script = page.outputFiles[0].text;
    files = new Map(library.outputFiles.map(({ path, contents }) => [path.split('/dist/')[1], contents]));
  }
  const { kinds, start } = await browsers();
  await bundle();
  const begin = () =>
    start(
      kinds[0],
      () => script,
      (file) => files.get(file),
    );
  let session = await begin();
  const wanted = new Map();
  const limit = (promise, seconds) => {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('never ends')), seconds * 1000);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
  };

  async function tested(learn, one = {}) {
    await session.load();
    for (const [check, given] of checks(one)) {
      const name = `${check} ${JSON.stringify(given)}`;
      const start = performance.now();
      let found;
      try {
        const answer = await limit(session.run(check, given), learn ? 600 : 300);
        // the number of rows that were tried depends on the change
        found = JSON.stringify(check === 'evidence' ? answer.wrong : answer);
      } catch (error) {
        found = String(error);
        if (found.includes('never ends') || /Protocol|Target|detached/.test(found)) {
          await session.close();
          session = await begin();
        }
      }
      if (/ERROR: \d+:\d+/.test(found)) return 'invalid';
      if (learn) {
        if (/[Ee]rror|"wrong":\["|^\["/.test(found)) throw new Error(`${name} fails without a change: ${found}`);
        console.log(`${name}: ${(performance.now() - start).toFixed()} ms`);
        wanted.set(name, found);
      } else if (found !== (check === 'evidence' ? '[]' : wanted.get(name))) return `${check} ${found.slice(0, 80)}`;
    }
    return undefined;
  }

  return {
    prepare: () => tested(true),
    async tried(one) {
      const { file, text } = one;
      const original = readFileSync(file);
      writeFileSync(file, text);
      try {
        await bundle();
        return await tested(false, one);
      } finally {
        writeFileSync(file, original);
      }
    },
    restore: () => session.close(),
  };
}
