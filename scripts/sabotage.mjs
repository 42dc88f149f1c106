// Checks whether the evidence of test/ops notices a broken kernel or shader. Breaks one constant or operator in each
// file of assembly/ and glsl/ that a row of the table uses, one after another, and runs the evidence: node
// scripts/sabotage.mjs [--in assembly,glsl,others] [--each 1] [--seed 1] [--only paths] [--from path]. Works in a
// copy in build/sabotage. A file with nothing to break gets a function that returns at once. Changes without an
// effect are listed in mutate/equivalent.json, and in mutate/sabotaged.json if only this script makes them.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { listed, mutants, rowsOf, shuffled } from './mutate/list.mjs';

const { values: asked } = parseArgs({
  options: {
    in: { type: 'string', default: 'assembly,glsl,others' },
    each: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    from: { type: 'string', default: '' },
  },
});
/** Kernels that no row uses: files, colours of a map, display and outlines. Their own tests run instead. */
const others = /^assembly\/(png|show|outlines|colors)\//;
const unseen = /^assembly\/(base|scratchAt)\.ts$/;

/** Shaders that no row uses, and the checks for them. */
const seldom = /^glsl\/lib\/(show|import|probe|count|total|collect|triangle)\./;
const further = [
  ['seen', {}],
  ['elements', {}],
  ['operations', { seed: 1 }],
  ['operations', { seed: 2, tile: 7 }],
];

const folder = resolve('build/sabotage', asked.in.replaceAll(',', '-'));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const one of ['assembly', 'glsl', 'src', 'scripts', 'test', 'package.json', 'tsconfig.json', 'sample.png'])
  cpSync(one, join(folder, one), { recursive: true, filter: (path) => !path.includes('node_modules') });
symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
process.chdir(folder);

const equivalent = new Set(
  ['equivalent', 'sabotaged'].flatMap((name) =>
    JSON.parse(readFileSync(`scripts/mutate/${name}.json`, 'utf8')).map(({ mutant }) => mutant),
  ),
);

/** A function of the file that does nothing. */
function lame(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  const at = lines.findLastIndex((line) => /^(export function|uvec4|uint) \w+.*\{/.test(line));
  if (at < 0) return [];
  const gives = /^uvec4/.test(lines[at]) ? 'uvec4(7u)' : /^uint|\): (u32|i32)/.test(lines[at]) ? '0' : '';
  const changed = lines[at].replace(
    '{',
    `{ ${gives === '0' && /^uint/.test(lines[at]) ? 'return 7u;' : `return ${gives};`}`,
  );
  return [{ file, number: at + 1, key: `${file}: ${changed}`, text: lines.with(at, changed).join('\n') }];
}

const chosen = (file) => file >= asked.from && asked.only.split(',').some((part) => file.includes(part));

const table = [];
const escaped = [];
for (const area of asked.in.split(',')) {
  const place = area === 'glsl' ? area : 'assembly';
  const all = mutants(place).filter(({ key }) => !equivalent.has(key));
  const files = listed(place).filter(
    (file) => others.test(file) === (area === 'others') && !unseen.test(file) && chosen(file),
  );
  const count = { area, files: files.length, tried: 0, caught: 0, escaped: 0 };
  table.push(count);
  const bench = await begin(area);
  for (const file of files) {
    const own = all.filter((one) => one.file === file);
    let left = Number(asked.each);
    for (const one of [
      ...shuffled(own, asked.seed),
      ...(own.length ? [] : lame(file).filter(({ key }) => !equivalent.has(key))),
    ]) {
      if (!left) break;
      const start = performance.now();
      const by = await bench.tried({ ...one, first: rowsOf(place, file) });
      if (by === 'invalid') continue;
      left--;
      count.tried++;
      count[by ? 'caught' : 'escaped']++;
      if (!by) escaped.push(one);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${by ? 'caught' : 'ESCAPED'} ${seconds} s ${one.key}  ${(by ?? '').slice(0, 100)}`);
    }
    if (left === Number(asked.each)) console.log(`nothing to break in ${file}`);
  }
  await bench.restore();
}
for (const { key, number } of escaped) console.log(`ESCAPED, line ${number} of ${key}`);
console.table(table);
process.exit(escaped.length ? 1 : 0);

/** The checks of test/gpu/page for a change: a row's own evidence for its shader, else the evidence of all rows. */
function checksOf({ file = '', first = [] }) {
  const only = existsSync(`test/ops/${basename(file, '.glsl')}.json`);
  const asked = { first, only, bail: true };
  const evidence = [
    ['evidence', asked],
    ['evidence', { ...asked, tile: 7 }],
  ];
  if (file.endsWith('/at.glsl')) evidence.reverse();
  // `seams`: pictures larger than a texture, which the evidence lacks
  return [...evidence, ['seams', {}], ...(!file || seldom.test(file) ? further : [])];
}

/** The function that tries the changes of an area, once the area passes without one. */
async function begin(area) {
  const build = await import(join(folder, 'scripts/virtual.mjs'));
  const { evidence } = await import('./mutate/evidence.mjs');
  const made = {
    glsl: async () => (await import('./mutate/shaders.mjs')).shaders(build.virtual(), checksOf),
    assembly: () => evidence(build),
    others: async () => (await import('./mutate/kernels.mjs')).kernels(build),
  };
  const bench = await made[area]();
  if (area === 'glsl') await build.compileNow();
  const wrong = await bench.prepare(area);
  if (!wrong) return bench;
  console.error(`the evidence is wrong without any change: ${wrong}`);
  process.exit(1);
}
