// `npm run release -- --dry-run`: runs everything that a release must pass, then lists its files. Without --dry-run
// it publishes.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './setup.mjs';

const dry = process.argv.includes('--dry-run');
const { version, repository } = JSON.parse(readFileSync('package.json', 'utf8'));
const step = (name, command, ...args) => {
  console.log(`\n== ${name}`);
  run(command, args);
};

console.log(`== changelog of ${version}`);
const [, entry] =
  new RegExp(`^## ${version.replaceAll('.', '\\.')}\\n+((?:.+\\n?)+)`, 'm').exec(read('CHANGELOG.md')) ?? [];
if (!entry) stop(`CHANGELOG.md says nothing of ${version}`);
console.log(entry.trim());
const changed = git('status', '--porcelain');
if (changed && !dry) stop(`there are changes that are not committed:\n${changed}`);
if (!process.argv.includes('--tagged') && git('tag', '--list', `v${version}`)) stop(`v${version} was released already`);
// npm refuses a provenance whose repository differs from the one in package.json
if (!repository?.url) {
  const missing = 'package.json has no repository.url: a release needs the address of the repository it is made from';
  if (dry) console.log(`\nTo do before a release: ${missing}`);
  else stop(missing);
}

step('packages', 'npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error');
step('build', 'npm', 'run', '--silent', 'build');
step('tests', 'npm', 'test');
step('consumers', 'npm', 'run', '--silent', 'test:consumers');
step('sizes', 'npm', 'run', '--silent', 'size');
step('package', 'npx', 'publint', '--strict');
const folder = mkdtempSync(join(tmpdir(), 'chromask-release-'));
const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--json', '--pack-destination', folder, '--loglevel=error']).toString(),
);
// files beside the entries need no types; sub-entries need a newer resolution than Node 10's
const files = ['chromask.wasm', 'chromask.worker.js', 'chromask.script.js', 'package.json'];
step('types', 'npx', 'attw', join(folder, packed.filename), '--profile', 'node16', '--exclude-entrypoints', ...files);

console.log(
  `\n== ${packed.filename}: ${packed.files.length} files, ${packed.size} bytes, ${packed.unpackedSize} unpacked`,
);
for (const { path, size } of packed.files) console.log(`${String(size).padStart(9)}  ${path}`);

if (dry) console.log(`\n${version} is ready; nothing was published.`);
else step('publish', 'npm', 'publish', '--provenance', '--access', 'public', join(folder, packed.filename));

function read(file) {
  return readFileSync(file, 'utf8');
}

function git(...args) {
  return execFileSync('git', args).toString().trim();
}

function stop(reason) {
  console.error(reason);
  process.exit(1);
}
