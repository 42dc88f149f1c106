// Measures how good the tests are: changes one operator or number in assembly/, glsl/ or src/ops/tables.ts, builds
// what that needs, runs the fast tests, and checks whether they fail: npm run mutate -- [--count 200] [--seed 1]
// [--in assembly,glsl,tables] [--again]. Works in a copy in build/mutate. Results are kept in build/mutants.jsonl,
// so that a stopped run can continue; --again retries the mutants that no test noticed. Mutants without an effect
// are listed with reasons in mutate/equivalent.json and skipped: `count` is the number of those that could be
// noticed.
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { areas, mutants, rowsOf, shuffled } from './mutate/list.mjs';

const value = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const total = Number(value('--count', 200));
const seed = Number(value('--seed', 1));
const chosen = value('--in', Object.keys(areas).join(',')).split(',');
const again = process.argv.includes('--again');
const kept = resolve(value('--results', 'build/mutants.jsonl'));
/** Of 200: more where there is more code, but enough in each area. */
const shares = { assembly: 110, glsl: 50, tables: 40 };
const whole = chosen.reduce((sum, area) => sum + shares[area], 0);

const folder = resolve('build/mutate', chosen.join('-'));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const copied = [
  'assembly',
  'glsl',
  'src',
  'scripts',
  'test',
  'docs',
  'package.json',
  'tsconfig.json',
  'README.md',
  'CHANGELOG.md',
];
for (const one of [...copied, 'sample.png', 'rollup.config.mjs'])
  cpSync(one, join(folder, one), { recursive: true, filter: (path) => !path.includes('node_modules') });
symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
process.chdir(folder);

const build = await import(join(folder, 'scripts/virtual.mjs'));
const equivalent = new Map(
  JSON.parse(readFileSync('scripts/mutate/equivalent.json', 'utf8')).map(({ mutant, why }) => [mutant, why]),
);
const results = new Map();
if (existsSync(kept))
  for (const line of readFileSync(kept, 'utf8').split('\n').filter(Boolean)) {
    const row = JSON.parse(line);
    results.set(row.key, row);
  }

const table = [];
const survivors = [];
for (const area of chosen) {
  const all = mutants(area);
  const most = Math.round((total * shares[area]) / whole);
  const count = { area, tried: 0, caught: 0, equivalent: 0 };
  table.push(count);
  let bench;
  for (const one of shuffled(all, seed)) {
    if (count.tried === most) break;
    if (equivalent.has(one.key)) {
      count.equivalent++;
      continue;
    }
    let row = results.get(one.key);
    const open = !row || (again && row.end === 'survived');
    if (open) {
      bench ??= await begin(area);
      const start = performance.now();
      const by = await bench.tried({ ...one, first: rowsOf(area, one.file) });
      row = { key: one.key, area, end: by === 'invalid' ? by : by ? 'caught' : 'survived', by };
      row.seconds = Math.round((performance.now() - start) / 100) / 10;
      appendFileSync(kept, `${JSON.stringify(row)}\n`);
    }
    if (row.end === 'invalid') continue;
    count.tried++;
    if (row.end === 'caught') count.caught++;
    else survivors.push(one);
    if (open) console.log(`${count.tried}/${most} ${row.end} ${row.seconds} s ${one.key}  ${row.by ?? ''}`);
  }
  await bench?.restore();
  console.log(`${area}: ${all.length} changes are possible`);
}
for (const { key, number } of survivors) console.log(`SURVIVED, line ${number} of ${key}`);
console.table(table);
const sum = (name) => table.reduce((all, count) => all + count[name], 0);
const share = sum('caught') / sum('tried');
console.log(`seed ${seed}: ${sum('caught')} of ${sum('tried')} caught; ${sum('equivalent')} more change nothing`);
process.exit(share < 0.95 ? 1 : 0);

/** The function that tries the mutants of an area, once the area passes without a change. */
async function begin(area) {
  if (area === 'glsl') await build.compileNow();
  const { shaders } = area === 'glsl' ? await import('./mutate/shaders.mjs') : {};
  const { kernels } = area === 'glsl' ? {} : await import('./mutate/kernels.mjs');
  const bench = shaders ? await shaders(build.virtual()) : await kernels(build);
  const wrong = await bench.prepare(area);
  if (!wrong) return bench;
  console.error(`the tests fail without any change (${wrong}): nothing to learn`);
  process.exit(1);
}
