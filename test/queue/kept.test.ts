// Neither adding to a queue nor its workers put a mask in place of a picture that any job reads.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { encode } from 'chromask/png';
import { createQueue, createWorker, type PictureQueue } from 'chromask/queue';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noise } from '../noise.js';
import { recipe } from './chaos.mjs';
import { redisCommand, startRedis } from './redis.mjs';

const command = redisCommand();
const title = command ? 'a queue' : 'a queue: SKIPPED, redis-server is not installed';
if (!command) console.warn(title);

describe.skipIf(!command)(title, () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let folder = '';
  let queue: PictureQueue;
  let names = 0;
  let seed = 1;
  let place = { connection: '', name: '' };
  beforeAll(async () => {
    redis = await startRedis(mkdtempSync(join(tmpdir(), 'chromask-redis-')));
  });
  afterAll(() => redis?.kill());
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chromask-kept-'));
    place = { connection: redis.url, name: `k${names++}` };
    queue = await createQueue(place);
    writeFileSync(join(folder, 'r.json'), JSON.stringify(recipe));
    return () => queue.close();
  });

  const args = (...more: string[]) => [
    resolve('dist/cli.js'),
    'queue',
    ...more,
    ...['--redis', redis.url, '--name', place.name],
  ];
  function cli(...more: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, args(...more), { cwd: folder, timeout: 50_000 });
    return { status, out: stdout.toString(), err: stderr.toString() };
  }
  async function picture(name: string): Promise<Buffer> {
    writeFileSync(join(folder, name), await encode({ width: 6, height: 4, channels: 3, data: noise(72, seed++) }));
    return get(name);
  }
  const get = (name: string): Buffer => readFileSync(join(folder, name));
  const list = (pictures: readonly object[]): void =>
    writeFileSync(join(folder, 'list'), pictures.map((one) => JSON.stringify(one)).join('\n'));
  const left = async (): Promise<number> => (await queue.status()).jobs.waiting;

  it('takes no mask in the place of another picture, of this call or of an earlier one', async () => {
    const sentence = (input: string, output: string) =>
      `queue: the mask of "${input}" would replace "${output}", a picture of this queue`;
    for (const pictures of [
      [{ input: 'a.png', output: 'b.png' }, { input: 'b.png' }],
      [{ input: 'b.png' }, { input: 'a.png', output: 'b.png' }],
    ]) {
      await expect(queue.add(pictures, { recipe, perJob: 1 })).rejects.toMatchObject({
        code: 'bad-argument',
        message: expect.stringContaining(sentence('a.png', 'b.png')),
      });
    }
    // by the name that is left out, too
    const own = [{ input: 'a.jpg' }, { input: 'a.mask.png' }];
    await expect(queue.add(own, { recipe })).rejects.toThrow(sentence('a.jpg', 'a.mask.png'));
    expect(await left()).toBe(0);
    await queue.add([{ input: 'b.png' }], { recipe });
    await expect(queue.add([{ input: 'a.png', output: 'b.png' }], { recipe, force: true })).rejects.toThrow(
      sentence('a.png', 'b.png'),
    );
    list([{ input: 'c.png', output: 'b.png' }]);
    const { status, err } = cli('add', '--manifest', 'list', '--recipe', 'r.json');
    expect([status, err]).toEqual([2, expect.stringContaining(`chromask: ${sentence('c.png', 'b.png')}`)]);
    expect(await left()).toBe(1);
    // where masks go elsewhere, their names are free
    expect(cli('add', '--manifest', 'list', '--recipe', 'r.json', '--to', 'masks').status).toBe(0);
    expect(await left()).toBe(2);
  });

  it('says so where outputs were added before with another recipe, and takes them with force', async () => {
    const pictures = [{ input: 'a.png' }, { input: 'b.png' }];
    const other = { ...recipe, steps: recipe.steps.slice(0, 2), output: 2 };
    await queue.add(pictures, { recipe });
    await queue.add(pictures, { recipe });
    const sentence =
      /^queue: 2 outputs of these, "a\.mask\.png" first, were added before with another recipe or other bits/;
    for (const changed of [{ recipe: other }, { recipe, bits: 16 as const }]) {
      await expect(queue.add([{ input: 'c.png' }, ...pictures], changed)).rejects.toMatchObject({
        code: 'bad-argument',
        message: expect.stringMatching(sentence),
      });
    }
    expect(await left()).toBe(2);
    list(pictures);
    writeFileSync(join(folder, 'r.json'), JSON.stringify(other));
    const refused = cli('add', '--manifest', 'list', '--recipe', 'r.json');
    expect([refused.status, refused.err]).toEqual([2, expect.stringContaining('force (--force) replaces the masks')]);
    expect(cli('add', '--manifest', 'list', '--recipe', 'r.json', '--force').status).toBe(0);
    await queue.add(pictures, { recipe: other });
    expect(await left()).toBe(4);
  });

  it('whose workers are started with --force replaces no picture that a job of it reads', async () => {
    mkdirSync(join(folder, 'in'));
    const kept = Object.fromEntries(
      await Promise.all(['in/a.png', 'in/b.png', 'in/c.png'].map(async (name) => [name, await picture(name)] as const)),
    );
    symlinkSync('in', join(folder, 'link'));
    const elsewhere = { recipe, to: 'elsewhere', perJob: 1 };
    // told that masks go elsewhere, and worked on where they do not
    await queue.add([{ input: 'in/b.png' }, { input: 'in/c.png' }], { recipe });
    await queue.add(
      [
        { input: 'in/a.png', output: 'in/b.png' },
        { input: 'in/a.png', output: 'link/c.png' },
        { input: 'in/a.png', output: 'in/a.other.png' },
      ],
      elsewhere,
    );
    const { status } = cli('work', '--drain', '--force', '--concurrency', '1', '--to', '.');
    const failures = [];
    for await (const { output, error } of queue.failures()) failures.push([output, error.message]);
    for (const [name, bytes] of Object.entries(kept)) expect(get(name).equals(bytes), name).toBe(true);
    expect(failures.sort()).toEqual([
      ['in/b.png', 'queue: in/b.png is a picture that a job of this queue reads'],
      ['link/c.png', 'queue: link/c.png is a picture that a job of this queue reads'],
    ]);
    expect(status).toBe(0);
    expect(readdirSync(join(folder, 'in'))).toEqual([
      ...['a.other.png', 'a.png', 'b.mask.png', 'b.png', 'c.mask.png', 'c.png'],
    ]);
  });

  it('and keeps a picture from another of its folders, named from there', async () => {
    mkdirSync(join(folder, 'in'));
    const theirs = await picture('in/b.png');
    await picture('a.png');
    await queue.add([{ input: 'in/b.png' }, { input: 'a.png', output: 'b.png' }], { recipe, to: 'in' });
    expect(cli('work', '--drain', '--force', '--concurrency', '1', '--from', '.', '--to', 'in').status).toBe(0);
    expect(get('in/b.png').equals(theirs)).toBe(true);
    expect(cli('failures').out).toContain('b.png is a picture that a job of this queue reads');
  });

  it('has one process a core for its pictures, even if more are asked for, unless they are forced', async () => {
    const cores = availableParallelism();
    for (const [forceConcurrency, expected] of [
      [undefined, cores],
      [true, cores + 1],
    ] as const) {
      const worker = await createWorker({ ...place, from: folder, concurrency: cores + 1, forceConcurrency });
      expect(worker.concurrency).toBe(expected);
      await worker.close();
    }
    await expect(createWorker({ ...place, forceConcurrency: 'yes' as never })).rejects.toMatchObject({
      message: 'createWorker: forceConcurrency must be true or false, got "yes"',
    });
    const asked = ['work', '--drain', '--concurrency', String(cores + 1)];
    expect(cli(...asked).err).toContain(`chromask: --concurrency ${cores + 1}: `);
    expect(cli(...asked, '--force-concurrency').err).toBe('');
  });

  it('that Redis lost ends --drain with 1 and the count, not with 0', { timeout: 120_000 }, async () => {
    const all = Array.from({ length: 40 }, (_, i) => `p${i}.png`);
    // a picture that takes a moment
    const slow = await encode({ width: 1500, height: 1000, channels: 3, data: noise(4.5e6, 8) });
    for (const name of all) writeFileSync(join(folder, name), slow);
    await queue.add(
      all.map((input) => ({ input })),
      { recipe, perJob: 2 },
    );
    const child = spawn(process.execPath, args('work', '--drain', '--concurrency', '1'), { cwd: folder });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(String(text)));
    const exit = new Promise((done) => child.once('exit', done));
    while (readdirSync(folder).filter((name) => name.endsWith('.mask.png')).length < 4)
      await new Promise((done) => setTimeout(done, 50));
    const { Queue } = await import('bullmq');
    const raw = new Queue(place.name, { connection: { url: redis.url } });
    const client = await raw.getBackend().client;
    client.defineCommand('wipe', { numberOfKeys: 0, lua: "return redis.call('FLUSHALL')" });
    await client.runCommand('wipe', []);
    await raw.close();
    expect(await exit).toBe(1);
    expect(said.join('')).toMatch(/chromask: \d+ of 40 pictures have been worked on; the queue has no more of them/);
  });
});
