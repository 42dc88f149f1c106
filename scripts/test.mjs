// `npm test`: installs, builds, brings a browser, checks types and style, and passes every test. The last line counts them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, install, run } from './setup.mjs';

const only = process.argv.slice(2);

install();
build();
const browser = findBrowser();
findRedis();
if (!only.length) {
  run('npx', ['tsc', '-p', '.']);
  run('npx', ['biome', 'check', '--error-on-warnings', '.']);
}
const folder = mkdtempSync(join(tmpdir(), 'chromask-'));
const report = join(folder, 'report.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const { status } = spawnSync('npx', ['vitest', 'run', ...reporters, ...only], {
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM: browser },
});
const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = JSON.parse(
  readFileSync(report, 'utf8'),
);
rmSync(folder, { recursive: true });
if (status !== 0 && numFailedTests === 0) console.log(`${numFailedTestSuites} test files failed outside a test`);
if (numPendingTests) console.log(`${numPendingTests} skipped, each named above`);
console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
process.exit(status ?? 1);

/** Chromium's path; on a machine with apt it is brought, elsewhere the message says how. */
function findBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const found = () => names.map(which).find(Boolean);
  if (process.env.CHROMIUM || found()) return process.env.CHROMIUM ?? found();
  if (bring('chromium') && found()) return found();
  console.error(
    'The browser tests need Chromium: install it (Debian: apt-get install chromium) or name it in CHROMIUM=/path.',
  );
  return process.exit(1);
}

/** The queue's tests run against a server of their own; without one they are skipped, and say so. */
function findRedis() {
  if (which('redis-server') || which('valkey-server')) return;
  if (bring('redis-server')) return;
  console.error('The tests of the queue need redis-server: install it (Debian: apt-get install redis-server).');
}

/** Install a package where apt can. */
function bring(name) {
  if (!which('apt-get') || process.getuid?.() !== 0) return false;
  console.error(`Installing ${name} by apt …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 2, 2] });
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  run('apt-get', [...wait, 'install', '-y', '-qq', '--no-install-recommends', name], { env, stdio: ['ignore', 2, 2] });
  return true;
}

function which(name) {
  const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
