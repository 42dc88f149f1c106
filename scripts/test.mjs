// `npm test`: installs what is missing, builds, checks types and style, and runs every test. The last line counts
// them. On a terminal it first says what it will install, and how, and asks; with `--yes`, in CI or without a
// terminal it goes ahead.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { chromium, missing } from './bring.mjs';
import { build, installed, run } from './setup.mjs';

const only = process.argv.slice(2).filter((word) => word !== '--yes');
const sure = process.argv.includes('--yes') || process.env.CI || !(process.stdin.isTTY && process.stdout.isTTY);

const lacking = missing();
const ways = lacking.filter(({ how }) => how);
const agreed = await agree();
if (agreed) {
  for (const { name, how, get } of ways) {
    console.error(`Installing ${name}: ${how} …`);
    get();
  }
}
if (!installed()) {
  console.error('Nothing can be tested without the packages: npm ci installs them.');
  process.exit(1);
}
const left = missing();
for (const { name, wanted, word, packages } of left) {
  const how = packages ? ` (Debian: apt-get install ${packages.join(' ')})` : '';
  console.error(
    `${name} is not here: what needs it is not tested${how}${wanted ? '' : `; REQUIRE=${word} brings it`}.`,
  );
}
build();
if (!only.length) {
  run('npx', ['tsc', '-p', '.']);
  run('npx', ['biome', 'check', '--error-on-warnings', '.']);
}
const browser = chromium();
const without = browser ? [] : inBrowsers();
if (without.length) console.error(`Not tested without Chromium:\n${without.map((file) => `  ${file}`).join('\n')}`);
const folder = mkdtempSync(join(tmpdir(), 'chromask-'));
const report = join(folder, 'report.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const excluded = without.map((file) => `--exclude=${file}`);
const { status } = spawnSync('npx', ['vitest', 'run', ...reporters, ...excluded, ...only], {
  stdio: 'inherit',
  env: { ...process.env, ...(browser ? { CHROMIUM: browser } : {}) },
});
const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = JSON.parse(
  readFileSync(report, 'utf8'),
);
rmSync(folder, { recursive: true });
if (status !== 0 && numFailedTests === 0) console.log(`${numFailedTestSuites} test files failed outside a test`);
if (numPendingTests) console.log(`${numPendingTests} skipped, each named above`);
console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
const failed = left.find(({ wanted, word }) => wanted && (agreed || process.env.REQUIRE?.split(',').includes(word)));
// Redis may be missing: its tests say so
process.exit(status || (failed?.word ? 1 : 0));

/** Whether to install what is missing. */
async function agree() {
  if (!ways.length || sure) return true;
  console.log('The tests need what is not here. This would install:');
  for (const { name, how } of ways) console.log(`  ${name}: ${how}`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Go ahead? [Y/n] ');
  terminal.close();
  return /^\s*(y|yes|)\s*$/i.test(answer);
}

/** The test files that open a page. */
function inBrowsers() {
  const opens = /from '\.{1,2}\/(gpu\/)?browsers\.js'/;
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/${file}`)
    .filter((file) => opens.test(readFileSync(file, 'utf8')));
}
