// How good are the tests? Flip one operator or number in assembly/, glsl/ or src/tables.ts, build, run the fast tests, and see
// whether they notice: npm run mutate -- --count 200 [--seed 1] [--in assembly,src/tables.ts]. Works in a copy, build/mutate.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const value = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const count = Number(value('--count', 20));
const seed = Number(value('--seed', Date.now() % 2 ** 31));
const places = value('--in', 'assembly,src/tables.ts').split(',');
// glsl/ is tried by the browser's tests, which take their time: name it with --in glsl --tests test/gpu.test.ts
const tests = value('--tests', 'test/tables,test/operations,test/golden,test/colours,test/png,test/trust/wide').split(
  ',',
);

const swaps = [
  [/(?<=\s)\+(?=\s)/g, '-'],
  [/(?<=\s)-(?=\s)/g, '+'],
  [/(?<=\s)\*(?=\s)/g, '+'],
  [/(?<=\s)<(?=\s)/g, '<='],
  [/(?<=\s)>(?=\s)/g, '>='],
  [/(?<=\s)<=(?=\s)/g, '<'],
  [/(?<=\s)>=(?=\s)/g, '>'],
  [/(?<=\s)(===|==)(?=\s)/g, '!='],
  [/(?<=\s)<<(?=\s)/g, '>>'],
  [/(?<=\s)&&(?=\s)/g, '||'],
  [/\bmin(?=[(<])/g, 'max'],
  [/\bmax(?=[(<])/g, 'min'],
  [/(?<![\w.])\d+(?![\w.])/g, (digits) => String(Number(digits) + 1)],
];

let state = seed | 0 || 1;
const below = (n) => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % n;
};

const listed = (place) =>
  /\.\w+$/.test(place)
    ? [place]
    : readdirSync(place, { recursive: true })
        .map((file) => join(place, file))
        .filter((file) => /\.(ts|glsl)$/.test(file) && !file.endsWith('.d.ts'));

function mutants() {
  const all = [];
  for (const file of places.flatMap(listed)) {
    const text = readFileSync(file, 'utf8');
    for (const [pattern, to] of swaps) {
      for (const { 0: from, index } of text.matchAll(pattern)) {
        const line = text.slice(text.lastIndexOf('\n', index) + 1, text.indexOf('\n', index));
        const before = line.slice(0, index - text.lastIndexOf('\n', index) - 1);
        if (/^\s*(\/\/|\*|\/\*|import|export \{)/.test(line) || before.includes('//')) continue;
        const put = typeof to === 'string' ? to : to(from);
        const number = text.slice(0, index).split('\n').length;
        all.push({
          file,
          number,
          line: line.trim(),
          from,
          put,
          text: text.slice(0, index) + put + text.slice(index + from.length),
        });
      }
    }
  }
  return all;
}

const folder = resolve('build/mutate');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const one of [
  'assembly',
  'glsl',
  'src',
  'scripts',
  'test',
  'package.json',
  'vitest.config.ts',
  'tsconfig.json',
  'sample.png',
  'rollup.config.mjs',
  'README.md',
  'docs',
])
  if (existsSync(one)) cpSync(one, join(folder, one), { recursive: true });
symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
const config = `import { defineConfig } from 'vitest/config'; import { virtual } from './scripts/virtual.mjs';
const own = (name, file) => ({ find: new RegExp('^' + name + '$'), replacement: ${JSON.stringify(folder)} + '/src/' + file });
export default defineConfig({ root: ${JSON.stringify(folder)}, plugins: [virtual()], test: { include: ['test/**/*.test.ts'], testTimeout: 60000, hookTimeout: 120000 },
  resolve: { alias: [own('chromask', 'index.ts'), own('chromask/comfy', 'comfy/index.ts'), own('chromask/png', 'png/index.ts'), own('chromask/wasm', 'wasm/index.ts')] } });`;
writeFileSync(join(folder, 'vitest.config.ts'), config);

/** True where the tests fail, that is, where they noticed. */
function noticed() {
  const build =
    "const { compileKernels, compileScalar } = await import('./scripts/virtual.mjs'); await compileKernels(); await compileScalar();";
  const built = spawnSync(process.execPath, ['--input-type=module', '-e', build], { cwd: folder, stdio: 'ignore' });
  if (built.status !== 0) return true;
  const { status } = spawnSync('npx', ['vitest', 'run', '--bail', '1', ...tests], {
    cwd: folder,
    timeout: 240_000,
    stdio: 'ignore',
  });
  return status !== 0;
}

if (noticed()) {
  console.error('the tests fail without any change: nothing to learn');
  process.exit(1);
}
const all = mutants();
console.log(`seed ${seed}: ${count} of ${all.length} mutants`);
const survivors = [];
let tried = 0;
for (; tried < count && all.length; tried++) {
  const [one] = all.splice(below(all.length), 1);
  const original = readFileSync(join(folder, one.file));
  writeFileSync(join(folder, one.file), one.text);
  const caught = noticed();
  writeFileSync(join(folder, one.file), original);
  if (!caught) survivors.push(one);
  console.log(`${caught ? 'caught  ' : 'SURVIVED'} ${one.file}:${one.number}  ${one.from} -> ${one.put}  ${one.line}`);
}
console.log(`${tried - survivors.length} of ${tried} caught`);
process.exit(survivors.length > tried * 0.05 ? 1 : 0);
