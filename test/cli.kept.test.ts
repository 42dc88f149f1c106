// What the command line never overwrites: pictures that the same run reads, by any name or link, and anything but
// regular files.
import { spawnSync } from 'node:child_process';
import {
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { encode, encodeApng } from 'chromask/png';
import { beforeEach, describe, expect, it } from 'vitest';
import { noise } from './noise.js';

const cli = resolve('dist/cli.js');
let folder = '';
let seed = 1;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chromask-kept-'));
  mkdirSync(join(folder, 'f'));
});

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, out: stdout, err: stderr };
}
const put = (name: string, bytes: Uint8Array | string): void => writeFileSync(join(folder, name), bytes);
const get = (name: string): Buffer => readFileSync(join(folder, name));
const files = (name: string): string[] => readdirSync(join(folder, name)).sort();
async function picture(name: string): Promise<Buffer> {
  put(name, await encode({ width: 6, height: 4, channels: 3, data: noise(72, seed++) }));
  return get(name);
}

describe('a picture that the run reads, with --force', () => {
  for (const words of [['f'], ['f/*.png'], ['f/cat.png', 'f/cat.L-LAB.png'], ['f', '--shard', '1/2']]) {
    for (const threads of ['1', '2']) {
      it(`is not what a mask is written to: ${words.join(' ')}, ${threads} at work`, async () => {
        await picture('f/cat.png');
        const theirs = await picture('f/cat.L-LAB.png');
        const { status, err } = run(...words, '--force', '--concurrency', threads);
        expect(get('f/cat.L-LAB.png').equals(theirs)).toBe(true);
        expect([status, err]).toEqual([
          2,
          expect.stringMatching(/cat\.png would write f.cat\.L-LAB\.png, a picture of this run/),
        ]);
        expect(files('f')).toEqual(['cat.L-LAB.png', 'cat.png']);
      });
    }
  }

  it('is told by what it is, where links lead to it', async () => {
    const theirs = await picture('f/cat.L-LAB.png');
    await picture('f/cat.png');
    await picture('other.png');
    symlinkSync(join(folder, 'f'), join(folder, 'to-folder'));
    symlinkSync(join('f', 'cat.L-LAB.png'), join(folder, 'to-file.png'));
    linkSync(join(folder, 'f', 'cat.L-LAB.png'), join(folder, 'twin.png'));
    const line = (input: string, output: string) => JSON.stringify({ input, output });
    put('list-folder', [line('other.png', 'to-folder/cat.L-LAB.png'), '{"input":"f/cat.L-LAB.png"}'].join('\n'));
    put('list-file', [line('other.png', 'f/cat.L-LAB.png'), '{"input":"to-file.png"}'].join('\n'));
    put('list-twin', [line('other.png', 'f/cat.L-LAB.png'), '{"input":"twin.png"}'].join('\n'));
    for (const args of [
      ['f/cat.png', 'f/cat.L-LAB.png', '-o', 'to-folder'],
      ['to-folder', '-o', 'f'],
      ['f', '-o', 'to-folder'],
      ['--manifest', 'list-folder'],
      ['--manifest', 'list-file'],
      ['--manifest', 'list-twin'],
    ]) {
      const { status, err } = run(...args, '--force', '--concurrency', '1');
      expect(get('f/cat.L-LAB.png').equals(theirs), args.join(' ')).toBe(true);
      expect(err, args.join(' ')).toMatch(/a picture of this run|is read by this run/);
      expect(status).toBe(args[1] === 'list-twin' ? 1 : 2);
    }
  });

  it('stays where names are only known when masks are made: of colours and of frames', async () => {
    const data = Uint8Array.from({ length: 72 }, (_, i) => [200, 10, 20][i % 3]);
    put('f/cat.png', await encode({ width: 6, height: 4, channels: 3, data }));
    const colour = await picture('f/cat.c80a14.png');
    const frames = [1, 2].map((seed) => ({ data: noise(96, seed), delay: 40 }));
    put('f/an.png', await encodeApng({ width: 6, height: 4, frames }));
    const frame = await picture('f/an.red.1.png');
    const kept = /is read by this run; give the mask another name/;
    for (const threads of ['1', '2']) {
      const colours = run('f', '--colors', '--min-pixels', '20', '--force', '--concurrency', threads);
      expect([colours.status, colours.err]).toEqual([1, expect.stringMatching(kept)]);
      const moving = run('f', '--channel', 'red', '--force', '--concurrency', threads);
      expect([moving.status, moving.err]).toEqual([1, expect.stringMatching(kept)]);
      expect(get('f/cat.c80a14.png').equals(colour)).toBe(true);
      expect(get('f/an.red.1.png').equals(frame)).toBe(true);
    }
  });

  it('is no mask of its own that lies beside the pictures and is skipped', async () => {
    await picture('f/cat.png');
    expect(run('f').status).toBe(0);
    const mask = get('f/cat.L-LAB.png');
    expect(run('f', '--force', '--invert').status).toBe(0);
    expect(get('f/cat.L-LAB.png').equals(mask)).toBe(false);
    // elsewhere it is a picture, and stays
    put('list', '{"input":"f/cat.png","output":"f/cat.L-LAB.png"}');
    const again = get('f/cat.L-LAB.png');
    expect(run('--manifest', 'list', 'f', '-o', 'g', '--force').status).toBe(2);
    expect(get('f/cat.L-LAB.png').equals(again)).toBe(true);
  });

  it('is not the list or the recipe either', async () => {
    await picture('f/cat.png');
    const recipe = JSON.stringify({
      ...{ chromask: 1, inputs: [{ name: 'image', kind: 'image' }] },
      ...{ steps: [{ op: 'channel', inputs: [0] }], output: 1 },
    });
    for (const output of ['list', 'r.json']) {
      const list = JSON.stringify({ input: 'f/cat.png', output });
      put('list', list);
      put('r.json', recipe);
      const { status, err } = run('--manifest', 'list', '--recipe', 'r.json', '--force');
      expect([status, err]).toEqual([2, expect.stringContaining(`would write ${output}, which this run reads`)]);
      expect([get('list').toString(), get('r.json').toString()]).toEqual([list, recipe]);
    }
  });
});

it('a mask that chromask wrote and the run reads by its name is not replaced by --resume', async () => {
  await picture('f/cat.png');
  expect(run('f/cat.png').status).toBe(0);
  const mask = get('f/cat.L-LAB.png');
  const { status, err } = run('f/cat.png', 'f/cat.L-LAB.png', '--resume', '--invert', '--concurrency', '1');
  expect([status, err]).toEqual([1, expect.stringContaining('cat.L-LAB.png is read by this run')]);
  expect(get('f/cat.L-LAB.png').equals(mask)).toBe(true);
  // where it would stay as it is, nothing is wrong
  expect(run('f/cat.png', 'f/cat.L-LAB.png', '--resume').status).toBe(0);
});

it('two masks for one file through a link are refused before anything is made', async () => {
  await picture('a.png');
  await picture('b.png');
  symlinkSync('f', join(folder, 'g'));
  symlinkSync('new', join(folder, 'h'));
  symlinkSync(join('f', 'z.png'), join(folder, 'z.png'));
  for (const [one, other] of [
    ['f/x.png', 'g/x.png'],
    ['f/deep/x.png', 'g/deep/x.png'],
    ['new/x.png', 'h/x.png'],
    ['z.png', 'g/z.png'],
    ['g/../y.png', 'y.png'],
  ]) {
    put(
      'list',
      `${JSON.stringify({ input: 'a.png', output: one })}\n${JSON.stringify({ input: 'b.png', output: other })}`,
    );
    const { status, err } = run('--manifest', 'list', '--force');
    expect([status, err], one).toEqual([2, expect.stringContaining(`would both write ${other}`)]);
    expect(files('f'), one).toEqual([]);
  }
  const solid = (value: number) => ({ class_type: 'SolidMask', inputs: { value, width: 2, height: 2 } });
  put('wf.json', JSON.stringify({ 1: solid(0), 2: solid(1) }));
  symlinkSync('wf.2.mask.png', join(folder, 'wf.1.mask.png'));
  const { status, err } = run('run', 'wf.json', '--force');
  expect([status, err]).toEqual([1, expect.stringContaining('two outputs would both write')]);
});

describe('what is no file', () => {
  it('a folder, a pipe or a device is named as such, and stays', async () => {
    await picture('a.png');
    mkdirSync(join(folder, 'taken.png'));
    spawnSync('mkfifo', [join(folder, 'pipe.png')]);
    for (const how of [[], ['--force'], ['--resume']]) {
      const { status, err } = run('a.png', '-o', 'pipe.png', ...how);
      expect([status, err]).toEqual([1, expect.stringContaining('pipe.png is a pipe, not a file')]);
      put('list', '{"input":"a.png","output":"taken.png"}');
      const listed = run('--manifest', 'list', ...how);
      expect([listed.status, listed.err]).toEqual([1, expect.stringContaining('taken.png is a folder, not a file')]);
    }
    expect(lstatSync(join(folder, 'pipe.png')).isFIFO()).toBe(true);
    expect(files('taken.png')).toEqual([]);
  });
});

it('parts of files that are not ours stay, however old they are', async () => {
  await picture('f/a.png');
  const theirs = ['.x.0123456789ab.part', '.a.part', '.x.00000000-1.0123456789ab.part', '.chromask.0123456789ab.part'];
  const ours = '.a.L-LAB.png.chromask-00000000-1.0123456789ab.part';
  const past = Date.now() / 1000 - 90_000;
  for (const name of [...theirs, ours]) {
    put(`f/${name}`, 'half');
    utimesSync(join(folder, 'f', name), past, past);
  }
  expect(run('f').status).toBe(0);
  expect(files('f')).toEqual([...theirs, 'a.L-LAB.png', 'a.png'].sort());
});
