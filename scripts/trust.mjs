// `npm run trust`: tests every promise of docs/trust.md at the size of a test run; `-- --full` at the size stated
// there. Prints one table: promise, tried, failed. `--seed N` repeats a run, `--only soak,abort` runs a part of it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

if (!global.gc) {
  const { status } = spawnSync(process.execPath, ['--expose-gc', ...process.argv.slice(1)], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
if (!existsSync('dist/chromask.js')) spawnSync('npx', ['rollup', '-c', '--silent'], { stdio: 'inherit' });

const promises = [
  ...['soak', 'gpuSoak', 'memory', 'gpuFaults', 'gpuLosses', 'commandLine', 'workers'],
  ...['together', 'gpuTogether', 'abort', 'pauses', 'gpuAbort', 'values', 'workflows', 'graphs'],
  ...['gpuPacks', 'gpuChains', 'video', 'png', 'drag', 'guides'],
  ...['threadsSlowed', 'threadsKilled', 'threadsAbort', 'threadsMemory', 'threadsTogether', 'threadsSoak'],
  ...['same', 'gpuSame', 'limits', 'security', 'mutants', 'contributing'],
];
const { values: asked } = parseArgs({
  options: { full: { type: 'boolean', default: false }, seed: { type: 'string' }, only: { type: 'string' } },
});
const { full } = asked;
const seed = Number(asked.seed ?? Date.now() % 2 ** 31);
const only = asked.only?.split(',') ?? promises;
const unknown = only.find((name) => !promises.includes(name));
if (unknown !== undefined) {
  console.error(`--only ${unknown}: it is none of ${promises.join(', ')}`);
  process.exit(2);
}
console.log(`seed ${seed}, ${full ? 'full' : 'small'} size, Node ${process.versions.node}`);

const rows = [];
for (const name of only) {
  const { promise, run } = await import(`./trust/${name}.mjs`);
  const start = performance.now();
  const findings = [];
  let tried = 0;
  const note = (message) => {
    if (findings.length < 20) findings.push(message);
  };
  try {
    tried = await run({ full, seed, note });
  } catch (error) {
    note(error?.stack ?? String(error));
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  rows.push([name, String(tried), String(findings.length), `${seconds} s`, promise]);
  for (const finding of findings) console.error(`${name}: ${finding}`);
}
const table = [['name', 'tried', 'failed', 'time', 'promise'], ...rows];
const widths = table[0].map((_, i) => Math.max(...table.map((row) => row[i].length)));
for (const row of table)
  console.log(
    row
      .map((cell, i) => cell.padEnd(widths[i]))
      .join('  ')
      .trimEnd(),
  );
process.exit(rows.some((row) => row[2] !== '0') ? 1 : 0);
