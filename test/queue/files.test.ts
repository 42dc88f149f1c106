// What a worker of the queue writes, and that it never overwrites other programs' files or the picture that it reads.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Device, open } from 'chromask';
import { encode, encodeApng } from 'chromask/png';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeOne } from '../../src/queue/picture.js';
import { type Store, storeOf } from '../../src/queue/stores.js';
import { noise } from '../noise.js';
import { recipe } from './chaos.mjs';
import { fakeS3 } from './s3.mjs';

let device: Device;
let folder = '';
let still: Uint8Array;
let moving: Uint8Array;
beforeAll(async () => {
  device = await open({ device: 'wasm' });
  still = await encode({ width: 6, height: 4, channels: 3, data: noise(72, 1) });
  const frames = [1, 2].map((seed) => ({ data: noise(96, seed), delay: 40 }));
  moving = await encodeApng({ width: 6, height: 4, frames });
});
afterAll(() => device.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chromask-worker-'));
});

const put = (name: string, bytes: Uint8Array | string): void => writeFileSync(join(folder, name), bytes);
const get = (name: string): Buffer => readFileSync(join(folder, name));
const files = (): string[] => readdirSync(folder).filter((name) => !name.startsWith('.'));

/** One picture of a job; gives what became of it, or why nothing did. */
async function make(input: string, output: string, { force = false, to = folder as string | Store } = {}) {
  const from = await storeOf(folder);
  const target = typeof to === 'string' ? await storeOf(to) : to;
  const making = makeOne(device, { from, to: target }, { input, output }, { recipe, bits: 8, force });
  return making.catch((error: Error) => error.message);
}

describe('the picture that is read', () => {
  for (const force of [false, true]) {
    it(`stays where its mask would have its name${force ? ', with --force too' : ''}`, async () => {
      put('a.png', still);
      expect(await make('a.png', 'ours.png')).toBe('made');
      const before = { 'a.png': still, 'ours.png': get('ours.png'), 'b.0.png': moving };
      put('b.0.png', moving);
      symlinkSync(folder, join(folder, 'link'));
      for (const [input, output, to] of [
        ['a.png', 'a.png', folder],
        ['a.png', 'a.png', join(folder, 'link')],
        ['a.png', 'link/a.png', folder],
        ['ours.png', 'ours.png', folder],
        ['b.0.png', 'b.png', folder],
      ]) {
        const said = await make(input, output, { force, to });
        expect(said, `${input} to ${output}`).toMatch(/^queue: \S+\.png is the picture itself/);
        for (const [name, bytes] of Object.entries(before)) expect(get(name).equals(bytes), name).toBe(true);
      }
      expect(files().sort()).toEqual(['a.png', 'b.0.png', 'link', 'ours.png']);
    });
  }

  it('is told from another of its name in another folder', async () => {
    put('a.png', still);
    mkdirSync(join(folder, 'masks'));
    expect(await make('a.png', 'a.png', { to: join(folder, 'masks') })).toBe('made');
    expect(await make('a.png', 'a.png', { to: join(folder, 'masks') })).toBe('skipped');
    expect(get('a.png').equals(still)).toBe(true);
  });

  it('stays in a bucket, and in a store of the caller’s own', async () => {
    const s3 = await fakeS3();
    process.env.AWS_ACCESS_KEY_ID ??= 'test';
    process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
    s3.objects.set('b/in/a.png', { body: Buffer.from(still), mark: undefined });
    const [all, part, other] = await Promise.all(['b', 'b/in', 'c'].map((name) => storeOf(s3.url(name))));
    const module = resolve('test/queue/moody.mjs');
    const own = await storeOf({ module, options: { root: folder } });
    put('a.png', still);
    const told = async (from: Store, input: string, to: Store, output: string): Promise<string> => {
      const names = { input, output };
      const making = makeOne(device, { from, to }, names, { recipe, bits: 8, force: true });
      return making.catch((error: Error) => error.message);
    };
    expect(await told(all, 'in/a.png', part, 'a.png')).toContain('is the picture itself');
    expect(await told(own, 'a.png', own, 'a.png')).toContain('is the picture itself');
    expect(await told(part, 'a.png', other, 'a.png')).toBe('made');
    s3.close();
    expect(s3.objects.get('b/in/a.png')?.body.equals(still)).toBe(true);
    expect(get('a.png').equals(still)).toBe(true);
  });
});

it('a mask that was cut off is made again, and what chromask did not write stays', async () => {
  put('a.png', still);
  put('c.png', moving);
  for (const [input, output, file] of [
    ['a.png', 'm.png', 'm.png'],
    ['c.png', 'n.png', 'n.0.png'],
    ['c.png', 'n.png', 'n.1.png'],
  ]) {
    expect(await make(input, output)).toMatch(/made|skipped/);
    const whole = get(file);
    for (const left of [-1, -20, 160]) {
      put(file, whole.subarray(0, left));
      expect([await make(input, output), await make(input, output)], `${file} ${left}`).toEqual(['made', 'skipped']);
      expect(get(file)).toEqual(whole);
    }
    for (const theirs of [whole.subarray(0, 8), still.subarray(0, -20), new Uint8Array()]) {
      put(file, theirs);
      expect(await make(input, output)).toBe(`queue: ${file} exists and was not written by chromask`);
      expect(get(file).equals(theirs)).toBe(true);
    }
    put(file, whole);
  }
});

it('a process whose stores were not there looks for them again with its next job', () => {
  put('a.png', still);
  const moody = JSON.stringify(pathToFileURL(resolve('test/queue/moody.mjs')));
  put(
    'late.mjs',
    `import moody from ${moody};
    let tries = 0;
    export default (options) => {
      if (!tries++) throw new Error('the disk is asleep');
      return moody(options);
    };`,
  );
  const store = { module: join(folder, 'late.mjs'), options: { root: folder } };
  const pictures = [{ input: 'a.png', output: 'b.png' }];
  const job = { id: '1', data: { chromask: 1, recipe, bits: 8, pictures }, attemptsMade: 0, opts: {} };
  const script = `const { default: work } = await import(${JSON.stringify(pathToFileURL(resolve('dist/queue-processor.js')))});
    const job = { ...${JSON.stringify(job)}, updateProgress: async () => {} };
    const said = [];
    for (let i = 0; i < 3; i++) said.push(await work(job).catch(({ message }) => message));
    console.log(JSON.stringify(said));
    process.exit();`;
  const CHROMASK_QUEUE = JSON.stringify({ name: 'x', from: store, to: store, device: 'wasm' });
  const env = { ...process.env, CHROMASK_QUEUE };
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { env });
  expect(JSON.parse(stdout.toString() || '[]'), stderr.toString()).toMatchObject([
    'the disk is asleep',
    { made: 1 },
    { skipped: 1 },
  ]);
});

describe('masks of an animated picture', () => {
  for (const name of ['c.mask.0.png', 'c.mask.1.png']) {
    it(`do not replace ${name} where it is not ours, and none is written then`, async () => {
      put('c.png', moving);
      put(name, 'theirs');
      expect(await make('c.png', 'c.mask.png')).toBe(`queue: ${name} exists and was not written by chromask`);
      expect(get(name).toString()).toBe('theirs');
      expect(files().sort()).toEqual([name, 'c.png']);
      expect(await make('c.png', 'c.mask.png', { force: true })).toBe('made');
    });
  }

  it('are made once, and again where one is missing', async () => {
    put('c.png', moving);
    const both = ['c.mask.0.png', 'c.mask.1.png'];
    expect([await make('c.png', 'c.mask.png'), await make('c.png', 'c.mask.png')]).toEqual(['made', 'skipped']);
    const whole = both.map(get);
    for (const name of both) {
      rmSync(join(folder, name));
      expect([await make('c.png', 'c.mask.png'), await make('c.png', 'c.mask.png')]).toEqual(['made', 'skipped']);
      expect(both.map(get)).toEqual(whole);
    }
  });

  it('and the mask of another picture do not replace each other', async () => {
    put('c.png', moving);
    put('d.png', still);
    expect(await make('c.png', 'm.png')).toBe('made');
    const frame = get('m.0.png');
    expect(await make('d.png', 'm.0.png')).toBe('queue: m.0.png exists, a mask of another picture');
    expect(get('m.0.png').equals(frame)).toBe(true);
    expect(await make('d.png', 'n.0.png')).toBe('made');
    expect(await make('c.png', 'n.png')).toBe('queue: n.0.png exists, a mask of another picture');
  });
});
