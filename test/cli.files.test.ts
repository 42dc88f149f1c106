// Which files the command line writes and which it leaves alone, and that no two masks get the same name.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { decode, encode, encodeApng } from 'chromask/png';
import { beforeEach, describe, expect, it } from 'vitest';
import { noise } from './noise.js';

const cli = resolve('dist/cli.js');
let folder = '';
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chromask-files-'));
  await picture('a.png');
});

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}
const files = (name = '.'): string[] => readdirSync(join(folder, name)).sort();
const put = (name: string, bytes: Uint8Array | string): void => writeFileSync(join(folder, name), bytes);
const get = (name: string): Buffer => readFileSync(join(folder, name));
const raw = { width: 6, height: 4, channels: 3, data: noise(72, 3) } as const;
const picture = async (name: string): Promise<void> => put(name, await encode(raw));
const animated = async (name: string, count: number): Promise<void> => {
  const frames = Array.from({ length: count }, (_, i) => ({ data: noise(96, 5 + i), delay: 40 }));
  put(name, await encodeApng({ width: 6, height: 4, frames }));
};

describe('animated pictures', () => {
  const again = (...more: string[]): string => {
    const { out } = run('an.png', '--channel', 'red', '--resume', '--json', ...more);
    return JSON.parse(out).status;
  };
  const at = (name: string): string => join(folder, name);

  it('are skipped by --resume where every frame is there, and made again where one is not', async () => {
    await animated('an.png', 3);
    expect([again(), again(), again()]).toEqual(['made', 'skipped', 'skipped']);
    const made = ['an.red.0.png', 'an.red.1.png', 'an.red.2.png'];
    const whole = made.map(get);
    const harms: Record<string, () => void> = {
      missing: () => rmSync(at(made[2])),
      'first missing': () => rmSync(at(made[0])),
      'cut off': () => put(made[1], whole[1].subarray(0, -20)),
      'another frame': () => copyFileSync(at(made[0]), at(made[1])),
      'other options': () => run('an.png', '--channel', 'red', '--invert', '--force'),
    };
    for (const [what, harm] of Object.entries(harms)) {
      harm();
      expect([again(), again()], what).toEqual(['made', 'skipped']);
      expect(made.map(get), what).toEqual(whole);
    }
    expect([again('--invert'), again('--invert'), again()]).toEqual(['made', 'skipped', 'made']);
    await animated('an.png', 2);
    expect([again(), again()]).toEqual(['made', 'skipped']);
  });

  it('write no frame where another of them is not ours', async () => {
    await animated('an.png', 3);
    put('an.red.1.png', 'mine');
    expect(again()).toBe('failed');
    expect(files().filter((name) => name.startsWith('an.'))).toEqual(['an.png', 'an.red.1.png']);
  });
});

describe('files that are not ours', () => {
  it('stay with --resume, even with the letters of chromask in them', async () => {
    const theirs = {
      'a notice': Buffer.from('I use chromask:recipe in my notes'),
      'a comment of a picture': await encode(raw, { text: { Comment: 'chromask:recipe' } }),
      'pixels of a picture': await encode({ ...raw, data: Buffer.from('chromask:recipe\0'.repeat(5)).subarray(0, 72) }),
      'a chunk after the end': Buffer.concat([await encode(raw), Buffer.from('\0\0\0\x11tEXtchromask:recipe\0x')]),
      nothing: Buffer.alloc(0),
    };
    for (const [what, bytes] of Object.entries(theirs)) {
      put('a.red.png', bytes);
      const { status, err } = run('a.png', '--channel', 'red', '--resume');
      expect([status, err], what).toEqual([1, expect.stringContaining('a.red.png exists')]);
      expect(get('a.red.png').equals(bytes), what).toBe(true);
    }
  });

  it('and masks that chromask wrote, whole or cut off, are told apart', () => {
    expect(run('a.png', '--channel', 'red').status).toBe(0);
    const whole = get('a.red.png');
    put('a.red.png', whole.subarray(0, -20));
    expect(run('a.png', '--channel', 'red', '--resume').status).toBe(0);
    expect(get('a.red.png').equals(whole)).toBe(true);
    expect(run('a.png', '--channel', 'red', '--invert', '--resume').status).toBe(0);
    expect(get('a.red.png').equals(whole)).toBe(false);
    expect(files()).toEqual(['a.png', 'a.red.png']);
  });
});

describe('masks in a folder or a pattern', () => {
  const made = ['a.red.luma.png', 'a.green.luma.png'].sort();
  const lines = (out: string) =>
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  it('are pictures where the run writes elsewhere', () => {
    for (const channel of ['red', 'green']) expect(run('a.png', '--channel', channel, '-o', 's1').status).toBe(0);
    for (const [i, word] of ['s1', 's1/*.png', join(folder, 's1')].entries()) {
      for (const more of [[], ['--force'], ['--resume']]) {
        const { status, out } = run(word, '--channel', 'luma', '--grow', '4', '-o', `s2-${i}`, '--json', ...more);
        expect([status, lines(out).map((line) => line.status)]).toEqual(
          more[0] === '--resume' ? [0, ['skipped', 'skipped']] : [0, ['made', 'made']],
        );
      }
      expect(files(`s2-${i}`)).toEqual(made);
    }
  });

  it('are skipped with a reason where it writes to their folder', () => {
    expect(run('a.png', '--channel', 'red').status).toBe(0);
    const reason = expect.stringMatching(/^a mask made by chromask, in a folder that this run writes to/);
    for (const args of [['.'], ['*.png', '-o', '.'], ['.', '-o', folder]]) {
      const { status, out } = run(...args, '--channel', 'green', '--force', '--json', '--concurrency', '1');
      const found = Object.fromEntries(lines(out).map(({ input, status, reason }) => [input, { status, reason }]));
      expect([status, found]).toEqual([
        0,
        {
          'a.png': { status: 'made' },
          'a.red.png': { status: 'skipped', reason },
          ...(found['a.green.png'] && { 'a.green.png': { status: 'skipped', reason } }),
        },
      ]);
    }
    expect(run('a.red.*', '--channel', 'green').err).toContain('skipped a.red.png: a mask made by chromask');
    expect(files()).toEqual(['a.green.png', 'a.png', 'a.red.png']);
  });

  it('and what was made before says so', () => {
    expect(run('a.png', '--resume').status).toBe(0);
    expect(run('a.png', '--resume').err).toBe(
      'skipped a.png: made before, from the same picture with the same options\n',
    );
  });
});

describe('masks of different recipes', () => {
  it('have different names, with any letters in those of their files', () => {
    const recipe = (op: string) => ({
      ...{ chromask: 1, inputs: [{ name: 'image', kind: 'image' }] },
      steps: [{ op: 'channel', inputs: [0] }, ...(op ? [{ op, inputs: [1] }] : [])],
      output: op ? 2 : 1,
    });
    const names = ['ü', 'ö', '面具', 'f(x)', 'f-x', 'soft mask', 'softmask', 'v1.2', 'a#b', 'ab'];
    for (const [i, name] of names.entries()) {
      put(`${name}.json`, JSON.stringify(recipe(i & 1 ? 'invert' : '')));
      expect(run('a.png', '--recipe', `${name}.json`, '-o', 'out')).toMatchObject({ status: 0, err: '' });
    }
    expect(files('out')).toEqual(names.map((name) => `a.${name}.png`).sort());
  });
});

describe('two masks for one file', () => {
  it('are refused before anything is written, however it is called', async () => {
    await animated('an.png', 2);
    for (const [one, other] of [
      ['x.png', './x.png'],
      ['x.png', join(folder, 'deep', '..', 'x.png')],
      [undefined, 'an.red.1.png'],
    ]) {
      put('list', [one, other].map((output) => JSON.stringify({ input: 'an.png', output })).join('\n'));
      const { status, err } = run('--manifest', 'list', '--channel', 'red', '--force');
      expect([status, err]).toEqual([2, expect.stringContaining(`would both write ${other}`)]);
    }
    expect(files()).toEqual(['a.png', 'an.png', 'list']);
  });
});

describe('a picture that is read', () => {
  it('is not what the mask of another is written to, with --force neither', async () => {
    await picture('b.png');
    const before = get('b.png');
    put('list', '{"input":"a.png","output":"b.png"}\n{"input":"b.png"}');
    const { status, err } = run('--manifest', 'list', '--force');
    expect([status, err]).toEqual([2, expect.stringContaining('a.png would write b.png, a picture of this run')]);
    expect(get('b.png').equals(before)).toBe(true);
    expect(files()).toEqual(['a.png', 'b.png', 'list']);
  });
});

describe('a sheet', () => {
  it('lies beside the mask that was named', () => {
    expect(run('a.png', '--channel', 'blue', '-o', 'deep/one.png', '--sheet')).toMatchObject({ status: 0, err: '' });
    expect(files('deep')).toEqual(['one.png', 'one.sheet.png']);
    const again = run('a.png', '--channel', 'blue', '-o', 'deep/one.png', '--sheet', '--resume');
    expect(again.err).toMatch(/^skipped a\.png/);
    put('list', '{"input":"a.png","output":"x.PNG"}\n{"input":"a.png","output":"y.png"}');
    expect(run('--manifest', 'list', '--sheet').status).toBe(0);
    expect(files()).toEqual(['a.png', 'deep', 'list', 'x.PNG', 'x.sheet.png', 'y.png', 'y.sheet.png']);
  });

  it('and a mask do not get one name', async () => {
    put('list', '{"input":"a.png","output":"x.png"}\n{"input":"a.png","output":"x.sheet.png"}');
    expect(run('--manifest', 'list', '--sheet', '--force')).toMatchObject({
      status: 2,
      err: expect.stringContaining('would both write x.sheet.png'),
    });
    expect(files()).toEqual(['a.png', 'list']);
  });
});

describe('what a workflow gives', () => {
  const solid = (value: number) => ({ class_type: 'SolidMask', inputs: { value, width: 2, height: 2 } });

  it('gets a file of its own for each mask, with any ids', async () => {
    put(
      'wf.json',
      JSON.stringify({ '12:5': solid(0), '12_5': solid(1), '12/5': solid(0.4), A: solid(0.2), a: solid(1) }),
    );
    const { status, out, err } = run('run', 'wf.json', '--force', '--json', '-o', 'out');
    expect([status, err]).toEqual([0, '']);
    const lines: { id: string; file: string }[] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ file }) => file.slice(4)).sort()).toEqual(files('out'));
    expect(files('out')).toHaveLength(5);
    const value: Record<string, number> = { '12:5': 0, '12_5': 255, '12/5': 102, A: 51, a: 255 };
    for (const { id, file } of lines) expect((await decode(get(file))).data[0], id).toBe(value[id]);
    expect(files('out')).toContain('wf.12_5.mask.png');
    put('wf.json', JSON.stringify({ '12:5': solid(0) }));
    expect(run('run', 'wf.json', '-o', 'one').status).toBe(0);
    expect(files('one')).toEqual(['wf.12_5.mask.png']);
  });

  it('is not written over what it reads, nor in part where one file exists', () => {
    const load = { class_type: 'LoadImage', inputs: { image: 'p' } };
    const mask = (channel: string) => ({ class_type: 'ImageToMask', inputs: { image: ['1', 0], channel } });
    put('wf.json', JSON.stringify({ 1: load, 2: mask('red'), 3: mask('blue') }));
    put('wf.3.mask.png', get('a.png'));
    const said = (...more: string[]): string => run('run', 'wf.json', '--input', ...more).err;
    expect(said('p=a.png')).toContain('wf.3.mask.png exists');
    expect(said('p=wf.3.mask.png', '--force')).toContain('wf.3.mask.png is read by this run');
    expect(get('wf.3.mask.png').equals(get('a.png'))).toBe(true);
    expect(files()).toEqual(['a.png', 'wf.3.mask.png', 'wf.json']);
  });
});

describe('an option that is repeated', () => {
  it('makes masks of all channels that were named, each once', () => {
    const args = ['--channel', 'red', '--channel', 'green', '--channel', 'red', '-o'];
    expect(run('a.png', ...args, 'n/').status).toBe(0);
    expect(files('n')).toEqual(['a.green.png', 'a.red.png']);
    expect(run('a.png', ...args, 'one.png').status).toBe(2);
    expect(run('a.png', '--channel', 'all', '--channel', 'luma', '-o', 'all').status).toBe(0);
    expect(files('all')).toHaveLength(14);
    expect(files()).toEqual(['a.png', 'all', 'n']);
  });

  for (const args of [
    ['a.png', '-o', 'n1', '--out', 'n2'],
    ['a.png', '--grow', '-3', '--grow', '-4'],
    ['a.png', '--colors', '--colors=3'],
    ['a.png', '--bits', '8', '--bits', '8'],
    ['run', 'wf.json', '--compat', 'comfy-2025', '--compat', 'comfy-2026'],
    ['run', 'wf.json', '--input', 'p=a.png', '--input', 'p=b.png'],
    ['queue', 'status', '--name', 'a', '--name', 'b'],
  ]) {
    it(`is refused where the earlier value would be lost: ${args.join(' ')}`, () => {
      const { status, err } = run(...args);
      expect([status, err]).toEqual([2, expect.stringMatching(/^chromask: --\S+( p)? is given twice, and takes one/)]);
      expect(files()).toEqual(['a.png']);
    });
  }
});
