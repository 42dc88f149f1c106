// The command line without space or permission to write: a message, an exit code, and no partial file.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { decode } from 'chromask/png';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const cli = resolve('dist/cli.js');
const sample = resolve('sample.png');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chromask-disks-'));
  chmodSync(folder, 0o755);
});

const run = (args: string[], more: object = {}) =>
  spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8', ...more });

async function whole(names: string[], at: string): Promise<void> {
  for (const name of names) await decode(readFileSync(join(at, name)));
}

const root = process.getuid?.() === 0;
const mount = (at: string): boolean => spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=96k', 'tmpfs', at]).status === 0;
const unmount = (at: string): void => void spawnSync('umount', [at]);

/** Whether this machine lets us have a disk of our own. */
function mounts(): boolean {
  const at = mkdtempSync(join(tmpdir(), 'chromask-mount-'));
  const can = root && mount(at);
  if (can) unmount(at);
  rmSync(at, { recursive: true });
  return can;
}

describe.skipIf(!mounts())('a disk that is full', () => {
  const disk = (): string => join(folder, 'disk');
  beforeEach(() => {
    mkdirSync(disk());
    expect(mount(disk())).toBe(true);
  });
  afterEach(() => unmount(disk()));

  it('under --out: one line, exit code 1, whole files only, and --resume makes the rest elsewhere alike', async () => {
    const args = [sample, '--channel', 'all', '--quiet'];
    const { status, stderr } = run([...args, '--out', 'disk']);
    expect(status).toBe(1);
    expect(stderr).toContain('ENOSPC');
    expect(stderr).not.toContain('    at ');
    const names = readdirSync(disk());
    expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
    await whole(names, disk());
    expect(run([...args, '--out', 'whole']).status).toBe(0);
    mkdirSync(join(folder, 'again'));
    for (const name of names) copyFileSync(join(disk(), name), join(folder, 'again', name));
    expect(run([...args, '--out', 'again', '--resume']).status).toBe(0);
    const made = readdirSync(join(folder, 'whole'));
    expect(readdirSync(join(folder, 'again'))).toEqual(made);
    for (const name of made)
      expect(readFileSync(join(folder, 'again', name)).equals(readFileSync(join(folder, 'whole', name))), name).toBe(
        true,
      );
  });

  it('under -o: no file is there afterwards, and one that was there stays as it was', () => {
    copyFileSync(sample, join(folder, 'before.png'));
    const size = 90 * 1024;
    spawnSync('dd', ['if=/dev/zero', `of=${join(disk(), 'fill')}`, 'bs=1024', `count=${size / 1024}`]);
    const one = run([sample, '--channel', 'S(HSV)', '-o', 'disk/mask.png']);
    expect([one.status, one.stderr]).toEqual([1, expect.stringContaining('ENOSPC')]);
    expect(readdirSync(disk())).toEqual(['fill']);
    const before = readFileSync(join(disk(), 'fill'));
    expect(run([sample, '--channel', 'S(HSV)', '-o', 'disk/fill', '--force']).status).toBe(1);
    expect(readFileSync(join(disk(), 'fill')).equals(before)).toBe(true);
  });
});

// root may write everywhere, so it becomes another user, who may not be let in where this lies
const other = root ? { uid: 65534, gid: 65534 } : {};
const readable = spawnSync('cat', [cli, sample], { ...other }).status === 0;

describe.skipIf(!readable)('a folder that may not be written', () => {
  it('is named, with exit code 1, and nothing is left', () => {
    const shut = join(folder, 'shut');
    mkdirSync(shut);
    chmodSync(shut, 0o555);
    for (const args of [
      [sample, '--out', 'shut'],
      [sample, '--out', 'shut/deeper'],
      [sample, '-o', 'shut/mask.png'],
    ]) {
      const { status, stderr } = run(args, other);
      expect(status, args.join(' ')).toBe(1);
      expect(stderr).toMatch(/EACCES|EROFS|EPERM/);
      expect(stderr).toContain('shut');
      expect(stderr).not.toContain('    at ');
    }
    expect(readdirSync(shut)).toEqual([]);
    chmodSync(shut, 0o755);
    rmSync(shut, { recursive: true });
    expect(existsSync(shut)).toBe(false);
  });
});
