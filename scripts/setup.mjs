// Shared by `npm start` and `npm test`: installs and builds if needed, with Node and npm alone.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

/** Runs a command in the foreground. The first failure ends this process with the same exit code. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Whether node_modules/ matches the lock file. */
export function installed() {
  const marker = 'node_modules/.package-lock.json';
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync('package-lock.json').mtimeMs;
}

export function install() {
  if (installed()) return;
  console.error('Installing packages …');
  run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: ['ignore', 2, 2] });
}

export function build() {
  const sources = ['src', 'assembly', 'glsl', 'rollup.config.mjs', 'package.json'].flatMap(files);
  const newest = Math.max(...sources.map((file) => statSync(file).mtimeMs));
  const built = ['dist/cli.js', 'dist/chromask.d.ts'];
  if (built.every((file) => existsSync(file) && statSync(file).mtimeMs >= newest)) return;
  console.error('Building dist/ …');
  run(npm, ['run', '--silent', 'build'], { stdio: ['ignore', 2, 2] });
}

function files(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
