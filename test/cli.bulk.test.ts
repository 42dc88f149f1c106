// The command line over many pictures: resuming, interruption, killing, sharding, and what it prints meanwhile.
import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decode, encode } from 'chromask/png';
import { beforeEach, describe, expect, it } from 'vitest';
import { noise } from './noise.js';

const cli = resolve('dist/cli.js');
const sample = resolve('sample.png');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chromask-bulk-'));
});

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
  const lines = stdout.trim().split('\n');
  return { status, out: stdout, err: stderr, json: () => lines.map((line) => JSON.parse(line)) };
}
const start = (...args: string[]) => spawn(process.execPath, [cli, ...args], { cwd: folder });
const ended = (child: ReturnType<typeof start>): Promise<number | null> =>
  new Promise((done) => child.once('exit', done));
const files = (name: string): string[] =>
  existsSync(join(folder, name)) ? readdirSync(join(folder, name)).sort() : [];

function pictures(count: number, from = sample): void {
  mkdirSync(join(folder, 'in'));
  for (let i = 0; i < count; i++) copyFileSync(from, join(folder, 'in', `p${String(i).padStart(2, '0')}.png`));
}

/** A picture that takes a moment, so that there is one. */
async function slowPictures(count: number): Promise<void> {
  const png = await encode({ width: 1500, height: 1000, channels: 3, data: noise(4.5e6, 8) });
  writeFileSync(join(folder, 'slow.png'), png);
  pictures(count, join(folder, 'slow.png'));
}

describe('a run that is stopped', () => {
  for (const [signal, threads] of [
    ['SIGINT', '1'],
    ['SIGINT', '2'],
    ['SIGTERM', '1'],
  ] as const) {
    it(`by ${signal} with ${threads} at work leaves whole files, no parts, and 130`, async () => {
      await slowPictures(12);
      const child = start('in', '--channel', 'all', '--out', 'out', '--concurrency', threads, '--json');
      await new Promise((done) => child.stdout.once('data', done));
      child.kill(signal);
      expect(await ended(child)).toBe(130);
      expect(files('out').length).toBeGreaterThan(0);
      expect(files('out').length).toBeLessThan(12 * 13);
      for (const name of files('out')) await decode(readFileSync(join(folder, 'out', name)));
    });
  }

  it('by SIGKILL in the midst of a file leaves a part, which the next run removes', async () => {
    pictures(20);
    const child = start('in', '--channel', 'all', '--out', 'out', '--concurrency', '1', '--quiet');
    const exit = ended(child);
    const part = await new Promise<string | undefined>((found) => {
      exit.then(() => found(undefined));
      const look = (): void => {
        for (let i = 0; i < 50; i++) {
          const seen = files('out').find((name) => name.endsWith('.part'));
          if (!seen) continue;
          child.kill('SIGKILL');
          return found(seen);
        }
        setImmediate(look);
      };
      look();
    });
    await exit;
    expect(part).toMatch(/^\.p\d\d\..*\.part$/);
    // it may have been renamed in the moment of the kill; then there is one of the same name, as it would have been left
    const left = join(folder, 'out', part ?? '');
    if (!existsSync(left)) writeFileSync(left, 'half');
    expect(run('in', '--channel', 'R(RGB)', '--out', 'out', '--resume', '--quiet').status).toBe(0);
    expect(files('out').filter((name) => name.startsWith('.'))).toEqual([]);
    for (const name of files('out')) await decode(readFileSync(join(folder, 'out', name)));
  }, 120_000);

  it('parts of processes that may live, here or on another machine, are left alone for an hour', () => {
    pictures(1);
    mkdirSync(join(folder, 'out'));
    const elsewhere = '.p00.L-LAB.png.chromask-00000000-1.0123456789ab.part';
    const old = '.p00.L-LAB.png.chromask-00000000-2.0123456789ab.part';
    for (const name of [elsewhere, old, '.mine.part']) writeFileSync(join(folder, 'out', name), 'half');
    const past = Date.now() / 1000 - 4000;
    for (const name of [old, '.mine.part']) utimesSync(join(folder, 'out', name), past, past);
    expect(run('in', '--out', 'out').status).toBe(0);
    expect(files('out')).toEqual(['.mine.part', elsewhere, 'p00.L-LAB.png'].sort());
  });
});

describe('a run that is resumed', () => {
  const again = (...more: string[]): string[] =>
    run('in', '--out', 'out', '--resume', '--json', '--concurrency', '1', ...more)
      .json()
      .map(({ status }) => status);

  it('makes again what is missing, cut short, of another picture or of other bits, and nothing else', async () => {
    pictures(3);
    expect(again()).toEqual(['made', 'made', 'made']);
    writeFileSync(
      join(folder, 'in', 'p01.png'),
      await encode({ width: 4, height: 3, channels: 3, data: noise(36, 2) }),
    );
    expect(again()).toEqual(['skipped', 'made', 'skipped']);
    expect((await decode(readFileSync(join(folder, 'out', 'p01.L-LAB.png')))).width).toBe(4);
    expect(again('--bits', '16')).toEqual(['made', 'made', 'made']);
    expect(again('--bits', '16')).toEqual(['skipped', 'skipped', 'skipped']);
  });

  it('replaces masks that chromask wrote and nothing else', () => {
    pictures(2);
    expect(again()).toEqual(['made', 'made']);
    writeFileSync(join(folder, 'out', 'p00.L-LAB.png'), readFileSync(sample));
    expect(again('--invert')).toEqual(['failed', 'made']);
    expect(readFileSync(join(folder, 'out', 'p00.L-LAB.png'))).toEqual(readFileSync(sample));
    expect(again('--force')).toEqual(['made', 'made']);
  });

  it('makes the sheet that is missing, or of other masks', () => {
    pictures(1);
    expect(again('--channel', 'all')).toEqual(['made']);
    expect(again('--channel', 'all', '--sheet')).toEqual(['made']);
    expect(again('--channel', 'all', '--sheet')).toEqual(['skipped']);
    expect(again('--channel', 'R(RGB)', '--sheet')).toEqual(['made']);
    expect(again('--channel', 'R(RGB)', '--sheet')).toEqual(['skipped']);
  });
});

describe('what it says', () => {
  it('one line of JSON for each picture: what was made of it, or why nothing', () => {
    pictures(2);
    writeFileSync(join(folder, 'in', 'cut.png'), readFileSync(sample).subarray(0, 5000));
    writeFileSync(
      join(folder, 'list.jsonl'),
      '{"input": "nowhere.png"}\n\r\n{"input": "in/p00.png", "output": "a.png"}\n',
    );
    const { status, json, err } = run('--manifest', 'list.jsonl', 'in/cut.png', 'in/p01.png', '-o', 'out', '--json');
    expect([status, err]).toEqual([1, '']);
    const byInput = Object.fromEntries(json().map((line) => [line.input, line]));
    expect(Object.keys(byInput).sort()).toEqual(['in/cut.png', 'in/p00.png', 'in/p01.png', 'nowhere.png']);
    expect(byInput['nowhere.png']).toMatchObject({ status: 'failed', outputs: [], error: { code: 'ENOENT' } });
    expect(byInput['in/cut.png']).toMatchObject({ status: 'failed', outputs: [], error: { code: 'png-corrupt' } });
    const made = { label: 'L(LAB)', width: 640, height: 420 };
    expect(byInput['in/p00.png']).toMatchObject({ status: 'made', outputs: [{ ...made, file: 'a.png' }] });
    const bytes = readFileSync(join(folder, 'out', 'p01.L-LAB.png')).length;
    expect(byInput['in/p01.png'].outputs).toMatchObject([{ ...made, file: join('out', 'p01.L-LAB.png'), bytes }]);
  });

  it('plain lines where there is no terminal, and only failures with --quiet', () => {
    pictures(2);
    writeFileSync(join(folder, 'in', 'no.png'), 'no');
    const { err } = run('in', '-o', 'out');
    expect(err).toContain(`made ${join('in', 'p00.png')} -> ${join('out', 'p00.L-LAB.png')}\n`);
    expect(err).toMatch(/^failed .*no\.png: /m);
    expect(err).not.toContain('\r');
    expect(run('in', '-o', 'out', '--force', '--quiet').err.trim().split('\n')).toHaveLength(1);
  });

  const terminal = spawnSync('sh', ['-c', 'command -v script'], { encoding: 'utf8' }).stdout.trim();
  if (!terminal) console.log('left out: the bar on a terminal, since there is no `script` to make one');
  it.skipIf(!terminal)('a bar on a terminal, and how many at the end', () => {
    pictures(3);
    const line = `"${process.execPath}" "${cli}" in -o out`;
    const { stdout } = spawnSync('script', ['-qec', line, '/dev/null'], { cwd: folder, encoding: 'utf8' });
    expect(stdout).toContain(`[${'#'.repeat(30)}] 3/3`);
    expect(stdout).toContain('3 made, 0 skipped, 0 failed');
  });
});

it('one picture alone is shared by threads, with the same bytes', async () => {
  await slowPictures(1);
  for (const n of ['1', '2']) {
    const { status, err } = run(
      'slow.png',
      '--blur',
      '3',
      '--out',
      `of${n}.png`,
      '--concurrency',
      n,
      '--force-concurrency',
    );
    expect(status, err).toBe(0);
  }
  expect(run('slow.png', '--blur', '3', '--out', 'free.png').status).toBe(0);
  const [one, ...others] = ['of1.png', 'of2.png', 'free.png'].map((name) => readFileSync(join(folder, name)));
  for (const other of others) expect(other.equals(one)).toBe(true);
});

it('threads, shards and a manifest change no byte of any mask', () => {
  pictures(7);
  const channel = ['--channel', 'H(HSV)', '--normalize'];
  expect(run('in', ...channel, '-o', 'one', '--concurrency', '1').status).toBe(0);
  expect(run('in', ...channel, '-o', 'many', '--concurrency', '3').status).toBe(0);
  const lines = files('in').map((name) => JSON.stringify({ input: `in/${name}` }));
  writeFileSync(join(folder, 'list.jsonl'), lines.join('\n'));
  for (const shard of ['1/3', '2/3', '3/3']) {
    expect(run('--manifest', 'list.jsonl', ...channel, '-o', 'shards', '--shard', shard).status).toBe(0);
  }
  expect(files('one')).toHaveLength(7);
  for (const other of ['many', 'shards']) {
    expect(files(other)).toEqual(files('one'));
    for (const name of files('one')) {
      expect(readFileSync(join(folder, other, name)).equals(readFileSync(join(folder, 'one', name)))).toBe(true);
    }
  }
});

it('takes a file by its URL, and a picture with as long a name as its mask may have', () => {
  pictures(1);
  expect(run(pathToFileURL(join(folder, 'in', 'p00.png')).href).status).toBe(0);
  expect(files('in')).toEqual(['p00.L-LAB.png', 'p00.png']);
  const long = 'x'.repeat(240);
  copyFileSync(sample, join(folder, `${long}.png`));
  expect(run(`${long}.png`, '-o', 'out').status).toBe(0);
  expect(files('out')).toEqual([`${long}.L-LAB.png`]);
});
