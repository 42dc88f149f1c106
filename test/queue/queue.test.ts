// The queue with a real redis-server: nothing is lost, made twice or half-written, and no job kills a worker.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Device, open } from 'chromask';
import { decode } from 'chromask/png';
import { createQueue, createWorker, type Failure, type PictureQueue, type WorkerOptions } from 'chromask/queue';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chaos, recipe } from './chaos.mjs';
import { redisCommand, startRedis } from './redis.mjs';
import { fakeS3 } from './s3.mjs';

const command = redisCommand();
const title = command
  ? 'the queue'
  : 'the queue: SKIPPED, redis-server is not installed (Debian: apt-get install redis-server)';
if (!command) console.warn(title);

describe.skipIf(!command)(title, () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let folder = '';
  let queue: PictureQueue;
  let names = 0;
  let place = { connection: '', name: '' };
  const sample = resolve('sample.png');

  beforeAll(async () => {
    redis = await startRedis(mkdtempSync(join(tmpdir(), 'chromask-redis-')));
  });
  afterAll(() => redis?.kill());
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chromask-queue-'));
    place = { connection: redis.url, name: `q${names++}` };
    queue = await createQueue(place);
    return () => queue.close();
  });

  const add = (inputs: readonly string[]) =>
    queue.add(
      inputs.map((input) => ({ input, output: `${input}.mask.png` })),
      { recipe, perJob: 3, backoff: 10 },
    );

  /** Work until nothing is left; gives what failed. */
  async function drained(options: Partial<WorkerOptions> = {}): Promise<Failure[]> {
    const worker = await createWorker({ ...place, from: folder, concurrency: 1, lock: 1000, ...options });
    for (;;) {
      const { jobs } = await queue.status();
      if (jobs.waiting + jobs.active + jobs.delayed === 0) break;
      await new Promise((done) => setTimeout(done, 50));
    }
    await worker.close();
    const failures: Failure[] = [];
    for await (const failure of queue.failures()) failures.push(failure);
    return failures;
  }

  it('survives three workers killed twice each and a Redis killed once', { timeout: 240_000 }, async () => {
    const { missing, extra, different, failures, expected } = await chaos({ count: 200 });
    expect({ missing, extra, different, failures }).toEqual({
      missing: [],
      extra: [],
      different: [],
      failures: expected,
    });
  });

  it('makes the masks of the library, and none twice', async () => {
    for (const name of ['a.png', 'b.png', 'c.png', 'd.png']) copyFileSync(sample, join(folder, name));
    const given = ['a.png', 'b.png', 'c.png', 'd.png'];
    expect(await add(given)).toEqual({ jobs: 2, pictures: 4 });
    expect((await queue.status()).pictures).toEqual({ left: 4, done: 0, failed: 0 });
    const results: { made: number; skipped: number }[] = [];
    const progress: unknown[] = [];
    const onDone = ({ made, skipped }: { made: number; skipped: number }) => void results.push({ made, skipped });
    expect(await drained({ onDone, onProgress: (one) => void progress.push(one) })).toEqual([]);
    await add(given);
    expect(await drained({ onDone })).toEqual([]);
    expect(results.map(({ made }) => made)).toEqual([3, 1, 0, 0]);
    expect(results.map(({ skipped }) => skipped)).toEqual([0, 0, 3, 1]);
    expect(progress).toContainEqual({ job: '1', done: 3, of: 3 });
    const { pictures, rate, secondsLeft } = await queue.status();
    expect(pictures).toEqual({ left: 0, done: 8, failed: 0 });
    expect([rate > 0, secondsLeft]).toEqual([true, 0]);
    const device: Device = await open({ device: 'wasm' });
    const { rgba } = await device.load(readFileSync(sample));
    const made = await decode(readFileSync(join(folder, 'a.png.mask.png')), { format: 'native' });
    expect(made.data).toEqual(await rgba.channel('L(LAB)').normalize().grow({ expand: 2 }).bytes());
  });

  it('lists what cannot be made, with its typed error', async () => {
    copyFileSync(sample, join(folder, 'good.png'));
    writeFileSync(join(folder, 'text.png'), 'hello');
    writeFileSync(join(folder, 'theirs.png.mask.png'), 'not ours');
    copyFileSync(sample, join(folder, 'theirs.png'));
    await add(['good.png', 'text.png', 'absent.png', 'theirs.png']);
    const failures = await drained();
    const codes = Object.fromEntries(failures.map(({ input, error }) => [input, error.code]));
    expect(codes).toEqual({ 'text.png': 'bad-format', 'absent.png': 'ENOENT', 'theirs.png': 'bad-argument' });
    expect(readFileSync(join(folder, 'theirs.png.mask.png'), 'utf8')).toBe('not ours');
    expect(existsSync(join(folder, 'good.png.mask.png'))).toBe(true);
  });

  it('never writes over a picture that it reads, with --force neither', async () => {
    copyFileSync(sample, join(folder, 'a.png'));
    await queue.add([{ input: 'a.png', output: 'a.png' }], { recipe });
    const failures = await drained({ force: true });
    expect(failures).toMatchObject([{ input: 'a.png', error: { code: 'bad-argument' } }]);
    expect(failures[0].error.message).toContain('a.png is the picture itself');
    expect(readFileSync(join(folder, 'a.png'))).toEqual(readFileSync(sample));
  });

  it('tries again what may pass, and gives up on a picture that kills its process', { timeout: 120_000 }, async () => {
    const pictures = ['a.png', 'moody.png', 'killer.png', 'b.png'];
    for (const name of pictures) copyFileSync(sample, join(folder, name));
    await queue.add(
      pictures.map((input) => ({ input })),
      { recipe, perJob: 10, backoff: 10, attempts: 8 },
    );
    const failures = await drained({ from: { module: resolve('test/queue/moody.mjs'), options: { root: folder } } });
    expect(failures).toMatchObject([{ input: 'killer.png', error: { code: 'queue' } }]);
    const made = readdirSync(folder).filter((name) => name.endsWith('.mask.png'));
    expect(made.sort()).toEqual(['a.mask.png', 'b.mask.png', 'moody.mask.png']);
  });

  it('works from bucket to bucket', async () => {
    const s3 = await fakeS3();
    process.env.AWS_ACCESS_KEY_ID ??= 'test';
    process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
    s3.objects.set('photos/in/a.png', { body: readFileSync(sample), mark: undefined });
    const stores = { from: s3.url('photos/in'), to: s3.url('masks') };
    const results: number[] = [];
    for (let i = 0; i < 2; i++) {
      await queue.add([{ input: 'a.png', output: 'x/a.png' }, { input: 'absent.png' }], { recipe });
      await drained({ ...stores, onDone: ({ made, skipped }) => void results.push(made, skipped) });
    }
    s3.close();
    expect(results).toEqual([1, 0, 0, 1]);
    expect((await decode(s3.objects.get('masks/x/a.png')?.body as Buffer)).width).toBe(640);
    for await (const failure of queue.failures()) expect(failure.error.code).toBe('NoSuchKey');
  });

  describe('hostile input', () => {
    const wrong: Record<string, unknown> = {
      'a way up': { input: '../a.png' },
      'a way up inside': { input: 'a/../../b.png' },
      'an absolute path': { input: '/etc/passwd' },
      'a backslash': { input: '..\\a.png' },
      'a drive': { input: 'c:/a.png' },
      'a URL': { input: 'http://127.0.0.1/a.png' },
      'a file URL': { input: 'file:///etc/passwd' },
      'a NUL': { input: 'a\0.png' },
      'no name': {},
      'a number': { input: 1 },
      'a misspelt output': { input: 'a.png', ouput: 'b.png' },
      'an output that is no PNG': { input: 'a.png', output: 'run.sh' },
      'an output outside': { input: 'a.png', output: '../a.png' },
      '__proto__ as a path': JSON.parse('{"__proto__": {"input": "a.png"}}'),
      nothing: null,
    };
    for (const [name, picture] of Object.entries(wrong)) {
      it(`${name} in a manifest is refused`, async () => {
        const adding = queue.add([picture as { input: string }], { recipe });
        await expect(adding).rejects.toMatchObject({ name: 'ChromaskError', code: 'bad-argument' });
      });
    }

    it('recipes that are none, or of more than one picture, are refused', async () => {
      const two = { ...recipe, inputs: [...recipe.inputs, { name: 'other', kind: 'image' }] };
      for (const bad of [null, {}, { ...recipe, chromask: 3 }, two]) {
        await expect(queue.add([{ input: 'a.png' }], { recipe: bad as typeof recipe })).rejects.toMatchObject({
          name: 'ChromaskError',
        });
      }
    });

    it('anything added in the place of pictures and recipes gives a typed error', async () => {
      const graph = { '1': { class_type: 'SolidMask', inputs: {} } };
      const typed = { name: 'ChromaskError', message: expect.stringMatching(/^(queue|recipe): .+ must be .+, got .+/) };
      for (const bad of [
        { chromask: 1, workflow: {} },
        { chromask: 1, workflow: graph, inputs: [null] },
        { chromask: 1, workflow: { a: 5n }, inputs: [] },
        { ...recipe, inputs: [null] },
      ])
        await expect(queue.add([{ input: 'a.png' }], { recipe: bad as never })).rejects.toMatchObject(typed);
      for (const bad of [Symbol.iterator, Object.create(null), 5, null])
        await expect(queue.add(bad as never, { recipe })).rejects.toMatchObject(typed);
      for (const bad of [{ bits: Symbol('x') }, { perJob: Object.create(null) }, { attempts: 5n }])
        await expect(queue.add([], { recipe, ...bad } as never)).rejects.toMatchObject(typed);
    });

    it('two pictures for one file are refused', async () => {
      const pictures = [{ input: 'a.png' }, { input: 'a.jpg' }];
      await expect(queue.add(pictures, { recipe })).rejects.toMatchObject({ code: 'bad-argument' });
    });

    it('with anything in Redis the worker lives and what is good is made', { timeout: 120_000 }, async () => {
      const { Queue } = await import('bullmq');
      const raw = new Queue(place.name, { connection: { url: redis.url } });
      const bad: unknown[] = [
        null,
        'text',
        {},
        { chromask: 2 },
        { chromask: 1, recipe: null, bits: 8, pictures: [] },
        { chromask: 1, recipe: { ...recipe, steps: [{ op: '__proto__', inputs: [0] }] }, bits: 8, pictures: [] },
        { chromask: 1, recipe, bits: 8, pictures: 'many' },
        { chromask: 1, recipe, bits: 8, pictures: [null, { input: '../secret.png', output: 'x.png' }] },
        { chromask: 1, recipe, bits: 8, pictures: [{ input: 'a.png', output: 'link/x.png' }] },
        { chromask: 1, recipe, bits: 8, pictures: [{ input: 'link/secret.png', output: 'y.png' }] },
      ];
      for (const data of bad) await raw.add('pictures', data);
      await raw.close();
      const outside = mkdtempSync(join(tmpdir(), 'chromask-outside-'));
      copyFileSync(sample, join(outside, 'secret.png'));
      symlinkSync(outside, join(folder, 'link'));
      copyFileSync(sample, join(folder, 'a.png'));
      await add(['a.png']);
      const failures = await drained();
      expect(failures).toHaveLength(11);
      expect(readdirSync(outside)).toEqual(['secret.png']);
      expect(readdirSync(folder).sort()).toEqual(['.chromask-parts', 'a.png', 'a.png.mask.png', 'link']);
    });
  });

  describe('the command line', () => {
    const cli = (...args: string[]) => {
      const all = [resolve('dist/cli.js'), 'queue', ...args, '--redis', redis.url, '--name', place.name];
      const { status, stdout, stderr } = spawnSync(process.execPath, all, { cwd: folder });
      return { status, out: stdout.toString(), err: stderr.toString() };
    };

    it('adds a manifest, works, and tells how far it is', () => {
      mkdirSync(join(folder, 'in'));
      for (const name of ['a.png', 'b.png']) copyFileSync(sample, join(folder, 'in', name));
      const lines = ['in/a.png', 'in/b.png', 'in/c.png'].map((input) => JSON.stringify({ input }));
      writeFileSync(join(folder, 'list.jsonl'), lines.join('\n'));
      writeFileSync(join(folder, 'r.json'), JSON.stringify(recipe));
      expect(cli('add', '--manifest', 'list.jsonl', '--recipe', 'r.json').out).toBe('3 pictures in 1 jobs\n');
      expect(cli('status').out).toMatch(/left +1 +3\n(.*\n)*time left +unknown/);
      expect(cli('work', '--drain', '--concurrency', '1')).toMatchObject({ status: 0 });
      expect(cli('status').out).toMatch(/done +1 +2\n/);
      expect(JSON.parse(cli('status', '--json').out)).toMatchObject({ pictures: { left: 0, done: 2, failed: 1 } });
      const failures = cli('failures');
      expect([failures.status, failures.out]).toEqual([1, expect.stringContaining('in/c.png')]);
      expect(readdirSync(join(folder, 'in'))).toContain('a.mask.png');
    });

    it('says what is wrong: exit code 2 for the line itself, 1 for the rest', () => {
      writeFileSync(join(folder, 'r.json'), JSON.stringify(recipe));
      writeFileSync(join(folder, 'bad.jsonl'), 'not json');
      writeFileSync(join(folder, 'up.jsonl'), '{"input":"../a.png"}');
      expect(cli().status).toBe(2);
      expect(cli('constructor').status).toBe(2);
      expect(cli('add').status).toBe(2);
      expect(cli('add', '--recipe', 'r.json', '--manifest', 'bad.jsonl').err).toContain('bad.jsonl, line 1');
      expect(cli('add', '--recipe', 'r.json', '--manifest', 'up.jsonl')).toMatchObject({
        status: 2,
        err: expect.stringContaining('up.jsonl, line 1: queue: input must be a relative path'),
      });
      writeFileSync(join(folder, 'slip.jsonl'), '{"input":"a.png"}\n{"input":"b.png","ouput":"c.png"}');
      expect(cli('add', '--recipe', 'r.json', '--manifest', 'slip.jsonl')).toMatchObject({
        status: 2,
        err: expect.stringContaining(
          'slip.jsonl, line 2: queue: there is no "ouput" of a picture; it takes input, output',
        ),
      });
      expect(cli('add', '--recipe', 'absent.json', '--manifest', 'up.jsonl').status).toBe(2);
      writeFileSync(join(folder, 'none.json'), '{"chromask":1,"workflow":{}}');
      writeFileSync(join(folder, 'twice.jsonl'), '{"input":"a.png"}\n\n{"input":"a.jpg"}');
      writeFileSync(join(folder, 'good.jsonl'), '{"input":"a.png"}');
      for (const [recipe, manifest, sentence] of [
        ['r.json', 'nope', /^chromask: --manifest nope cannot be read: ENOENT/],
        ['r.json', '.', /^chromask: --manifest \. cannot be read: /],
        ['none.json', 'good.jsonl', /^chromask: recipe: inputs must be a list/],
        ['r.json', 'twice.jsonl', /^chromask: twice\.jsonl, line 3: queue: two pictures would write "a\.mask\.png"/],
      ] as const) {
        const { status, err } = cli('add', '--recipe', recipe, '--manifest', manifest);
        expect([status, err]).toEqual([2, expect.stringMatching(sentence)]);
      }
      expect(cli('add', '--recipe', 'r.json', '--manifest', 'good.jsonl', '--per-job', '99999').status).toBe(2);
      for (const verb of ['status', 'work', 'failures']) expect(cli(verb, '--redis=').status).toBe(2);
    });
  });

  it('says within seconds that there is no answer', async () => {
    const closed = 'redis://127.0.0.1:1';
    await expect(createQueue({ connection: closed })).rejects.toMatchObject({ code: 'queue' });
    await expect(createWorker({ connection: closed })).rejects.toMatchObject({ code: 'queue' });
  });
});
