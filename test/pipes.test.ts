// Inputs that never answer, such as a pipe without a writer, fail alone without the run, and signals work meanwhile.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Device, open } from 'chromask';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeOne } from '../src/queue/picture.js';
import { storeOf } from '../src/queue/stores.js';
import { recipe } from './queue/chaos.mjs';

const cli = resolve('dist/cli.js');
const sample = resolve('sample.png');
const pipes = spawnSync('mkfifo', ['--version']).status === 0;
const title = pipes ? 'a pipe' : 'a pipe: SKIPPED, there is no mkfifo';
let folder = '';
let device: Device;
beforeAll(async () => {
  device = await open({ device: 'wasm' });
});
afterAll(() => device.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chromask-pipes-'));
  if (pipes) spawnSync('mkfifo', [join(folder, 'pipe.png')]);
});

const run = (...args: string[]) => {
  const more = { cwd: folder, encoding: 'utf8', timeout: 30_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], more);
  return { status, out: stdout, err: stderr };
};
const write = () => spawn('sh', ['-c', `cat "${sample}" > pipe.png`], { cwd: folder });

describe.skipIf(!pipes)(title, () => {
  it('without a writer: its signal ends load, and the process can exit', () => {
    for (const how of ['path', 'file: URL']) {
      const path = join(folder, 'pipe.png');
      const source = how === 'path' ? JSON.stringify(path) : `new URL(${JSON.stringify(pathToFileURL(path).href)})`;
      const script = `
        import { open } from ${JSON.stringify(pathToFileURL(resolve('dist/chromask.js')).href)};
        const device = await open({ device: 'wasm' });
        const start = performance.now();
        await device.load(${source}, { signal: AbortSignal.timeout(300) }).catch((error) => console.log(error.name));
        console.log(performance.now() - start < 2000);`;
      const args = ['--input-type=module', '-e', script];
      const { stdout, signal } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 10_000 });
      expect([stdout, signal], how).toEqual(['TimeoutError\ntrue\n', null]);
    }
  });

  it('with a writer is a picture, however late it comes', async () => {
    const loaded = device.load(join(folder, 'pipe.png'));
    setTimeout(write, 300);
    expect((await loaded).rgba.shape).toEqual([1, 420, 640, 4]);
    const writer = write();
    expect(run('pipe.png', '-o', 'out').status).toBe(0);
    await new Promise((done) => (writer.exitCode === null ? writer.once('exit', done) : done(0)));
    const shell = spawnSync('bash', ['-c', `"${process.execPath}" "${cli}" <(cat "${sample}") -o sub.png`], {
      cwd: folder,
    });
    expect(shell.status).toBe(0);
    const empty = spawnSync('bash', ['-c', `"${process.execPath}" "${cli}" <(true) -o none.png`], { cwd: folder });
    expect([empty.status, empty.stderr.toString()]).toEqual([1, expect.stringContaining('0 bytes')]);
    for (const name of ['out/pipe.L-LAB.png', 'sub.png']) expect(existsSync(join(folder, name)), name).toBe(true);
  });

  for (const threads of ['1', '2']) {
    it(`among pictures fails after --read-timeout, and the others are made, ${threads} at work`, () => {
      for (const name of ['a.png', 'b.png', 'z.png']) copyFileSync(sample, join(folder, name));
      // a folder's pipes are no pictures
      expect(run('.', '-o', 'out', '--concurrency', threads).status).toBe(0);
      const named = run('pipe.png', 'a.png', '-o', 'two', '--read-timeout', '0.5', '--concurrency', threads);
      expect([named.status, named.err]).toEqual([
        1,
        expect.stringContaining('failed pipe.png: pipe.png was not read within 0.5 s (--read-timeout)'),
      ]);
      expect(existsSync(join(folder, 'two', 'a.L-LAB.png'))).toBe(true);
    });

    it(`being read, the first SIGTERM ends the run with 130, ${threads} at work`, async () => {
      copyFileSync(sample, join(folder, 'a.png'));
      for (const how of [
        ['a.png', 'pipe.png', '-o', 'out'],
        ['pipe.png', '--channel', 'red', '-o', 'x'],
      ]) {
        const child = spawn(process.execPath, [cli, ...how, '--force', '--concurrency', threads], { cwd: folder });
        await new Promise((done) => setTimeout(done, 1500));
        const start = performance.now();
        child.kill('SIGTERM');
        const code = await new Promise((done) => child.once('exit', (code, signal) => done(signal ?? code)));
        expect(code, how.join(' ')).toBe(130);
        expect(performance.now() - start).toBeLessThan(3000);
      }
    });
  }

  it('in the place of an output is refused at once, with --resume too', () => {
    copyFileSync(sample, join(folder, 'a.png'));
    const start = performance.now();
    const { status, err } = run('a.png', '-o', 'pipe.png', '--resume');
    expect([status, err]).toEqual([1, expect.stringContaining('pipe.png is a pipe, not a file')]);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('of a job fails typed when its time is over, to be tried again, and the next picture is made', async () => {
    copyFileSync(sample, join(folder, 'a.png'));
    const store = await storeOf(folder);
    const how = { recipe, bits: 8, force: false, ms: 300 } as const;
    const made = (input: string, output: string) => makeOne(device, { from: store, to: store }, { input, output }, how);
    const { passing } = await import('../src/queue/picture.js');
    const error = await made('pipe.png', 'x.png').catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'limit', message: 'pipe.png was not read within 0.3 s (--read-timeout)' });
    expect(passing(error)).toBe(true);
    expect(await made('a.png', 'a.mask.png')).toBe('made');
    // nor is one read for its mark
    const to = makeOne(device, { from: store, to: store }, { input: 'a.png', output: 'pipe.png' }, how);
    await expect(to).rejects.toThrow('pipe.png exists and was not written by chromask');
    const late = { read: () => new Promise<never>(() => {}), write: store.write, mark: store.mark };
    await expect(
      makeOne(device, { from: late, to: store }, { input: 'c', output: 'c.png' }, how),
    ).rejects.toMatchObject({
      code: 'limit',
    });
  });
});

it('a device is no picture', async () => {
  await expect(device.load('/dev/zero')).rejects.toMatchObject({
    code: 'missing',
    message: expect.stringContaining('is a device, not a file'),
  });
  expect(run('/dev/zero', '-o', 'x.png').err).toContain('/dev/zero is a device, not a file');
});

it('an invalid time limit is refused', () => {
  writeFileSync(join(folder, 'a.png'), readFileSync(sample));
  for (const text of ['0', '-1', 'soon', '1e9']) expect(run('a.png', `--read-timeout=${text}`).status).toBe(2);
  expect(run('queue', 'work', '--read-timeout=soon').status).toBe(2);
});
