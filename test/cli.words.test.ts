// How the command line parses its arguments: patterns, links, misspelt options, unusual names, and the number of
// workers.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { matcher } from '../src/cli/pattern.js';
import { printable } from '../src/cli/text.js';

const cli = resolve('dist/cli.js');
const sample = resolve('sample.png');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chromask-words-'));
  copyFileSync(sample, join(folder, 'a.png'));
});

function run(...args: string[]) {
  const more = { cwd: folder, encoding: 'utf8', timeout: 50_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], more);
  return { status, out: stdout, err: stderr };
}
const files = (name = '.'): string[] => readdirSync(join(folder, name)).sort();
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);

describe('a pattern', () => {
  it('fits what a shell says it fits', () => {
    for (const [pattern, fitting, others] of [
      ['*.png', ['a.png', '.png', 'ü.png'], ['a.jpg', 'b/a.png', 'apng']],
      ['?.png', ['a.png', '🐈.png'], ['.png', 'ab.png', '/.png']],
      ['**/*.png', ['a.png', 'b/a.png', 'c/b/a.png'], ['a.jpg', 'b/a.jpg']],
      ['b/**/c/*', ['b/c/x', 'b/1/c/x', 'b/1/2/c/x', 'b/c/c/x'], ['b/x', 'c/x', 'b/1/x', 'b/c/x/y']],
      ['a*b*c', ['abc', 'aXbYc', 'abbcc'], ['ab', 'acb', 'abcd']],
      ['(a)[b].{c}+$', ['(a)[b].{c}+$'], ['ab.c']],
    ] as const) {
      const fits = matcher(pattern);
      for (const path of fitting) expect(fits(path), `${pattern} ${path}`).toBe(true);
      for (const path of others) expect(fits(path), `${pattern} ${path}`).toBe(false);
    }
  });

  it('with many stars takes no longer than its letters', () => {
    const start = performance.now();
    expect(matcher(`${'*a'.repeat(17)}*b`)('a'.repeat(240))).toBe(false);
    expect(matcher(`${'**/*a*/'.repeat(12)}b`)(`${'aaaa/'.repeat(60)}c`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(500);
    copyFileSync(sample, join(folder, `${'a'.repeat(236)}.png`));
    const from = performance.now();
    expect(run(`${'*a'.repeat(17)}*b`).status).toBe(2);
    expect(performance.now() - from).toBeLessThan(10_000);
  });
});

describe('links', () => {
  it('to pictures and folders are followed, once', () => {
    mkdirSync(join(folder, 'in'));
    mkdirSync(join(folder, 'else', 'deep'), { recursive: true });
    for (const name of ['in/p.png', 'else/q.png', 'else/deep/r.png']) copyFileSync(sample, join(folder, name));
    const link = (target: string, name: string): void => symlinkSync(target, join(folder, name));
    link('p.png', 'in/again.png');
    link('../else/q.png', 'in/l.png');
    link('../else', 'in/more');
    link('..', 'in/loop');
    link('more', 'in/twice');
    const { out } = run('in', '-o', 'out', '--json', '--concurrency', '1', '--channel', 'red');
    const inputs = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).input);
    expect(inputs.sort()).toEqual(
      ['in/l.png', 'in/loop/a.png', 'in/loop/else/deep/r.png', 'in/p.png'].map((name) => join(...name.split('/'))),
    );
  });

  it('that lead nowhere are said', () => {
    symlinkSync('nowhere.png', join(folder, 'gone.png'));
    const { status, err } = run('.', '-o', 'out');
    expect([status, err]).toEqual([1, expect.stringMatching(/failed gone\.png: ENOENT/)]);
    expect(files('out')).toEqual(['a.L-LAB.png']);
  });
});

describe('options', () => {
  for (const [args, sentence] of [
    [['a.png', '--chanel', 'red'], 'there is no option --chanel; did you mean --channel?'],
    [['a.png', '--normalise'], 'there is no option --normalise; did you mean --normalize?'],
    [['a.png', '--treshold=1'], 'there is no option --treshold; did you mean --threshold?'],
    [['a.png', '--fade-edge'], 'there is no option --fade-edge; did you mean --fade-edges?'],
    [['a.png', '--zzz'], 'there is no option --zzz'],
    [['a.png', '-x'], 'there is no option -x'],
    [['a.png', '--out'], '--out needs a value'],
    [['a.png', '--out', '--json'], '--out needs a value; one that begins with - is given as --out=--json'],
    [['a.png', '--force=1'], '--force takes no value'],
    [['queue', 'status', '--nam', 'x'], 'there is no option --nam; did you mean --name?'],
    [['run', 'w.json', '--inputs', 'x'], 'there is no option --inputs; did you mean --input?'],
    [['nodes', '--jason'], 'there is no option --jason; did you mean --json?'],
  ] as const) {
    it(`in our own words: ${args.join(' ')}`, () => {
      const { status, err } = run(...args);
      expect([status, err.split('\n')[0]]).toEqual([2, `chromask: ${sentence}`]);
    });
  }

  it('end at --: after it there are files', () => {
    for (const name of ['--colors', '--help', '-o', '--version']) copyFileSync(sample, join(folder, name));
    const { status, err } = run('-o', 'out', '--channel', 'red', '--', '--colors', '--help', '-o', '--version');
    expect([status, err]).toEqual([0, expect.stringContaining('made --colors')]);
    expect(files('out')).toEqual(['--colors.red.png', '--help.red.png', '--version.red.png', '-o.red.png']);
  });
});

describe('names', () => {
  it('of a folder as the output are told from files', () => {
    mkdirSync(join(folder, 'x.png'));
    const { status, err } = run('a.png', '-o', 'x.png', '--force');
    expect([status, err.split('\n')[0]]).toEqual([2, 'chromask: --out x.png is a folder; x.png/ writes into it']);
    expect(run('a.png', '-o', 'x.png/').status).toBe(0);
    expect(run('a.png', '-o', 'new.png/').status).toBe(0);
    expect([files('x.png'), files('new.png')]).toEqual([['a.L-LAB.png'], ['a.L-LAB.png']]);
  });

  it('come from lists and recipes that begin with a byte order mark', () => {
    put('list', '\uFEFF{"input":"a.png","output":"m.png"}\r\n');
    put(
      'r.json',
      `\uFEFF${JSON.stringify({
        ...{ chromask: 1, inputs: [{ name: 'image', kind: 'image' }] },
        ...{ steps: [{ op: 'channel', inputs: [0] }], output: 1 },
      })}`,
    );
    expect(run('--manifest', 'list', '--recipe', 'r.json')).toMatchObject({ status: 0, err: '' });
    const closed = ['--redis', 'redis://127.0.0.1:1'];
    expect(run('queue', 'add', '--manifest', 'list', '--recipe', 'r.json', ...closed).err).toContain('Redis');
    put('w.json', `\uFEFF{"1":{"class_type":"SolidMask","inputs":{"value":1,"width":2,"height":2}}}`);
    expect(run('run', 'w.json').status).toBe(0);
  });

  it('with control characters are escaped where a person reads them', () => {
    const name = 'bad\x1b[2J\nfailed b\u202egnp.png';
    put(name, 'no picture');
    const { status, err } = run('.', '-o', 'out', '--concurrency', '1');
    expect(status).toBe(1);
    expect(err).toContain('failed bad\\x1b[2J\\x0afailed b\\u202egnp.png: ');
    expect(err).not.toContain('\x1b');
    expect(run('nowhere\x9b31m*').err).toContain('nowhere\\x9b31m* matches no picture');
    expect(run('nowhere\x9b31m', '--json').out).not.toContain('\x9b');
    expect(printable('é 面 🐈\t')).toBe('é 面 🐈\\x09');
  });

  it.skipIf(process.platform !== 'linux')('that are not UTF-8 are said to be so, and the others are made', () => {
    const bytes = Buffer.from('caf\xe9.png', 'latin1');
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), bytes]), '');
    const { status, err } = run('.', '-o', 'out', '--concurrency', '1');
    expect([status, err]).toEqual([1, expect.stringContaining('its name is not UTF-8; rename it')]);
    expect(files('out')).toEqual(['a.L-LAB.png']);
  });
});

describe('threads', () => {
  const many = (): void => {
    for (let i = 0; i < 20; i++) put(`t${String(i).padStart(2, '0')}.png`, 'no picture');
  };

  it('are no more than help, and that is said', () => {
    many();
    const cores = availableParallelism();
    const { err } = run('.', '-o', 'out', '--concurrency', '256');
    const sentence =
      /^chromask: --concurrency 256: (\d+) threads? works?, (one for each core|as many as there is memory for); --force-concurrency takes the number as it is\n/;
    expect(err).toMatch(sentence);
    expect(Number(sentence.exec(err)?.[1])).toBeLessThanOrEqual(cores);
    expect(run('.', '-o', 'out', '--force', '--concurrency', '256', '--quiet').err).not.toContain('--concurrency');
  });

  it('are as many as are forced, without a warning of Node', () => {
    many();
    const { err } = run('.', '-o', 'out', '--concurrency', '16', '--force-concurrency');
    expect(err).not.toMatch(/--concurrency|Warning|listener/i);
    expect(err).toContain('made a.png');
  });
});
