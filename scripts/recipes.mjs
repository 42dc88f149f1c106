// Follows the recipes of CONTRIBUTING on a copy of the tree, build/recipes: writes the files that they name
// (scripts/recipes/trials.mjs) and runs the tests that they name, from the sources. `--quick` only runs the kernels
// and the nodes, in one process; `--record` has Python record the numbers again, which otherwise come from
// scripts/recipes.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { trials } from './recipes/trials.mjs';

const quick = process.argv.includes('--quick');
const record = process.argv.includes('--record');
const root = resolve('.');
const folder = resolve('build/recipes');
const copied = ['assembly', 'glsl', 'src', 'scripts', 'test', 'package.json', 'tsconfig.json', 'sample.png'];
const problems = [];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const one of copied)
  cpSync(one, join(folder, one), { recursive: true, filter: (path) => !path.includes('node_modules') });
symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
process.chdir(folder);

for (const { kind, name, steps, numbers, record: by } of trials) {
  const touched = new Set(numbers ? [numbers] : []);
  for (const step of steps) {
    const file = step.file ?? step.edit;
    touched.add(file);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, step.file ? step.text : edited(step));
  }
  const kept = numbers && join(root, 'scripts/recipes', basename(numbers));
  if (by && record) {
    run('python3', by, `${name}: Python`);
    cpSync(numbers, kept);
  } else if (numbers) cpSync(kept, numbers);
  console.log(`${kind} (${name}): ${touched.size} files, ${[...touched].join(', ')}`);
}
if (quick) await ask();
else {
  config();
  for (const { tests } of trials)
    for (const [file, words] of tests) {
      const said = run(
        process.execPath,
        ['node_modules/vitest/vitest.mjs', 'run', file, ...(words ? ['-t', words] : [])],
        `${file} ${words}`,
      );
      // a name that no test has is not a success
      if (!/Tests .*\d passed/.test(said)) problems.push(`${file} has no test of ${words}`);
    }
  run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], 'types');
}
for (const problem of problems) console.error(problem);
console.log(problems.length ? `${problems.length} problems` : 'the recipes work');
process.exit(problems.length ? 1 : 0);

function edited({ edit, behind, text }) {
  const before = readFileSync(edit, 'utf8');
  if (before.split(behind).length !== 2) throw new Error(`${edit} has not once: ${behind}`);
  return before.replace(behind, () => behind + text);
}

function run(program, args, what) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', CI: 'true' },
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) problems.push(`${what}: ${stdout}${stderr}`.slice(-3000));
  return stdout;
}

/** Runs the tests from the sources of the copy. */
function config() {
  const sources = ['wasm', 'png', 'comfy', 'worker', 'queue', 'testing'].map((entry) => {
    const file = existsSync(`src/entries/${entry}.ts`) ? `src/entries/${entry}.ts` : `src/${entry}/index.ts`;
    return `{ find: 'chromask/${entry}', replacement: ${JSON.stringify(resolve(file))} }`;
  });
  sources.push(`{ find: /^chromask$/, replacement: ${JSON.stringify(resolve('src/index.ts'))} }`);
  writeFileSync(
    'vitest.config.ts',
    `import { virtual } from './scripts/virtual.mjs';
export default { root: ${JSON.stringify(folder)}, plugins: [virtual()], resolve: { alias: [${sources.join(', ')}] }, test: { include: ['test/**/*.test.ts'], testTimeout: 120000, hookTimeout: 240000 } };`,
  );
}

/** Runs the new kernels and the new node without a test runner. */
async function ask() {
  const build = await import(join(folder, 'scripts/virtual.mjs'));
  const { fromSource } = await import(join(folder, 'scripts/source.mjs'));
  await build.compileNow(build.QUICK);
  const wasm = readFileSync('dist/chromask.wasm');
  const made = await fromSource(`export { open } from './src/index.ts'; export { runNode } from './src/comfy/index.ts';
    export { failing } from './test/gpu/page/evidence.ts'; export { evidence } from './test/ops.ts';`);
  const device = await made.open({ device: 'wasm', wasm });
  const all = made.evidence();
  for (const { name, numbers } of trials)
    if (numbers) problems.push(...(await made.failing(device, name, all[name].cases)));
  const masks = [
    [0, 1, 0.5],
    [1, 1, 0.25],
  ].map((values) => device.mask(Float32Array.from(values), [1, 1, 3]));
  const [mask] = await made.runNode(device, 'Masks Average', { masks_a: masks[0], masks_b: masks[1] });
  if ((await mask.data()).join() !== '0.5,1,0.375') problems.push('Masks Average gives something else');
  device.close();
}
