// The command line with full disks, closed pipes, killed processes, and folders with earlier results.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { decode } from 'chromask/png';
import { beforeEach, describe, expect, it } from 'vitest';

const cli = resolve('dist/cli.js');
const sample = resolve('sample.png');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chromask-trust-'));
});

const run = (...args: string[]) => spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
const shell = (line: string) =>
  spawnSync('sh', ['-c', line.replace('chromask', `"${process.execPath}" "${cli}"`)], {
    cwd: folder,
    encoding: 'utf8',
  });

function pictures(count: number): void {
  mkdirSync(join(folder, 'in'));
  for (let i = 0; i < count; i++) copyFileSync(sample, join(folder, 'in', `${String(i).padStart(2, '0')}.png`));
}

describe('standard output', () => {
  const full = existsSync('/dev/full');
  it.skipIf(!full)('that is full is said in one line and exits with 1', () => {
    for (const line of [`chromask ${sample} -o - > /dev/full`, `chromask ${sample} --json -o made > /dev/full`]) {
      const { status, stderr } = shell(line);
      expect(status).toBe(1);
      expect(stderr).toContain('ENOSPC');
      expect(stderr).not.toContain('    at ');
    }
  });

  it('whose reader left costs no file', () => {
    pictures(3);
    const { stderr } = shell('chromask in --json -o out --concurrency 1 | head -c 1');
    expect(stderr).toBe('');
    expect(readdirSync(join(folder, 'out'))).toEqual(['00.L-LAB.png', '01.L-LAB.png', '02.L-LAB.png']);
  });
});

describe('folders', () => {
  it('that are files are named as such', () => {
    writeFileSync(join(folder, 'taken'), '');
    expect(run(sample, '--out', 'taken').stderr).toContain('taken is not a folder');
  });

  it('with masks made before are worked again without taking masks for pictures', () => {
    pictures(2);
    expect(run('in', '--quiet', '--sheet').status).toBe(0);
    expect(run('in', '--quiet', '--sheet', '--resume', '--channel', 'R(RGB)').status).toBe(0);
    const names = readdirSync(join(folder, 'in'));
    expect(names.filter((name) => name.includes('LAB.R-RGB') || name.includes('sheet.'))).toEqual([
      '00.sheet.png',
      '01.sheet.png',
    ]);
    expect(names).toHaveLength(8);
  });

  it('of one name that would both write the same colours are refused', () => {
    for (const one of ['a', 'b']) {
      mkdirSync(join(folder, one));
      copyFileSync(sample, join(folder, one, 'cat.png'));
    }
    const { status, stderr } = run('a/cat.png', 'b/cat.png', '--colors', '--out', 'out');
    expect([status, stderr]).toEqual([2, expect.stringContaining('would both write')]);
  });
});

it('killed at any moment and resumed, a run ends with every mask whole and the same', async () => {
  pictures(12);
  const args = ['in', '--channel', 'S(HSV)', '--out', 'out', '--concurrency', '2', '--quiet'];
  expect(run('in', '--channel', 'S(HSV)', '--out', 'whole', '--quiet').status).toBe(0);
  for (const ms of [180, 320, 420]) {
    const child = spawn(process.execPath, [cli, ...args, '--resume'], { cwd: folder });
    setTimeout(() => child.kill('SIGKILL'), ms);
    await new Promise((done) => child.once('exit', done));
    const seen = existsSync(join(folder, 'out')) ? readdirSync(join(folder, 'out')) : [];
    for (const name of seen.filter((name) => !name.startsWith('.')))
      await decode(readFileSync(join(folder, 'out', name)));
  }
  expect(run(...args, '--resume').status).toBe(0);
  const made = readdirSync(join(folder, 'out')).filter((name) => !name.startsWith('.'));
  expect(made).toEqual(readdirSync(join(folder, 'whole')));
  for (const name of made) {
    expect(readFileSync(join(folder, 'out', name)).equals(readFileSync(join(folder, 'whole', name)))).toBe(true);
  }
});
