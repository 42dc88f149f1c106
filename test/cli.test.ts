// The command line as people run it: the built file in a process of its own.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { layerChannels, open } from 'chromask';
import { workflowRecipe } from 'chromask/comfy';
import { decode, encode } from 'chromask/png';
import { beforeEach, describe, expect, it } from 'vitest';

const cli = resolve('dist/cli.js');
const sample = resolve('sample.png');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chromask-cli-'));
});

function run(args: string[], input?: Buffer) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, input });
  return { status, out: stdout.toString(), err: stderr.toString(), raw: stdout };
}

describe('one picture', () => {
  it('makes the mask that the library makes', async () => {
    const { status } = run([
      sample,
      '--channel',
      'L(LAB)',
      '--normalize',
      '--levels',
      '20,230,1.3',
      '--invert',
      '-o',
      'm.png',
    ]);
    expect(status).toBe(0);
    const device = await open({ device: 'wasm' });
    const { image } = await device.load(readFileSync(sample));
    const chain = image.channel('L(LAB)').normalize().levels({ black: 20, white: 230, gray: 1.3 }).invert();
    const made = await decode(readFileSync(join(folder, 'm.png')), { format: 'native' });
    expect([made.width, made.height, made.channels, made.bitDepth]).toEqual([640, 420, 1, 8]);
    expect(made.data).toEqual(await chain.bytes());
  });

  it('writes one mask for each of the 13 channels and a sheet', () => {
    const { status, out } = run([sample, '--channel', 'all', '--sheet', '-o', 'masks']);
    expect(status).toBe(0);
    expect(readdirSync(join(folder, 'masks'))).toHaveLength(14);
    for (const label of Object.keys(layerChannels)) expect(out).toContain(label);
    expect(out).toMatch(/device: wasm/);
  });

  it('lays the picture first on the sheet, in colour, then the masks in gray, in full rows', async () => {
    expect(run([sample, '--channel', 'all', '--sheet', '-o', 'masks']).status).toBe(0);
    const { width, height, data } = await decode(readFileSync(join(folder, 'masks/sample.sheet.png')), {
      format: 'rgba8',
    });
    // seven columns of 192 and two rows of 126 and a label, 16 apart
    expect([width, height]).toEqual([16 + 7 * 208, 16 + 2 * (126 + 24 + 16)]);
    const coloured = (left: number, top: number): boolean => {
      for (let y = top; y < top + 126; y++) {
        for (let x = left; x < left + 192; x++) {
          const [r, g, b] = data.subarray((y * width + x) * 4);
          if (Math.max(r, g, b) - Math.min(r, g, b) > 8) return true;
        }
      }
      return false;
    };
    const tiles = Array.from({ length: 14 }, (_, i) => coloured(16 + (i % 7) * 208, 16 + Math.floor(i / 7) * 166));
    expect(tiles).toEqual([true, ...Array.from({ length: 13 }, () => false)]);
    // the label under the first: letters in dark on light
    const label = Array.from(
      { length: 16 * 192 },
      (_, i) => data[((147 + Math.floor(i / 192)) * width + 16 + (i % 192)) * 4],
    );
    expect(label.filter((value) => value < 90).length).toBeGreaterThan(60);
  });

  it('does what a recipe says, the same as its own options', async () => {
    const options = ['--channel', 'L(LAB)', '--normalize', '--levels', '20,230,1.3'];
    expect(run([sample, ...options, '-o', 'a.png']).status).toBe(0);
    const device = await open({ device: 'wasm' });
    const image = device.image(new Uint8Array(4), [1, 1, 1, 4]);
    const mask = image.channel('L(LAB)').normalize().levels({ black: 20, white: 230, gray: 1.3 });
    writeFileSync(join(folder, 'soft.json'), JSON.stringify(mask.recipe()));
    expect(run([sample, '--recipe', 'soft.json', '-o', 'masks/']).status).toBe(0);
    const [a, b] = await Promise.all(
      ['a.png', 'masks/sample.soft.png'].map((name) => decode(readFileSync(join(folder, name)))),
    );
    expect(b.data).toEqual(a.data);
  });

  it('runs a workflow that is a recipe', async () => {
    const workflow = {
      '1': { class_type: 'LoadImage', inputs: { image: 'a.png' } },
      '2': { class_type: 'LayerMask: ImageToMask', inputs: { image: ['1', 0], channel: 'H(HSV)' } },
    };
    writeFileSync(join(folder, 'hue.json'), JSON.stringify(await workflowRecipe(workflow)));
    expect(run([sample, '--recipe', 'hue.json', '-o', 'hue.png']).status).toBe(0);
    const device = await open({ device: 'wasm' });
    const { image } = await device.load(readFileSync(sample));
    const made = await decode(readFileSync(join(folder, 'hue.png')), { format: 'native' });
    expect(made.data).toEqual(await image.channel('H(HSV)').normalize().levels().bytes());
  });

  it('writes one mask for each colour', () => {
    const { status, out } = run([sample, '--colors=3', '--min-pixels', '100', '-o', 'colours', '--json']);
    expect(status).toBe(0);
    const [{ outputs }] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(outputs).toHaveLength(3);
    for (const { label, file } of outputs) {
      expect(label).toMatch(/^#[0-9a-f]{6}$/);
      expect(existsSync(join(folder, file))).toBe(true);
    }
  });

  it('counts colours as the node does, without alpha, and says so where none is frequent enough', async () => {
    const data = Uint8Array.from({ length: 4 * 40 }, (_, i) => [200, 10, 20, (i >> 2) * 6][i & 3]);
    writeFileSync(join(folder, 'red.png'), await encode({ width: 8, height: 5, channels: 4, data }));
    const { out } = run(['red.png', '--colors', '--min-pixels', '30', '--json']);
    expect(JSON.parse(out).outputs).toMatchObject([{ label: '#c80a14', coverage: 1 }]);
    const none = run(['red.png', '--colors', '--min-pixels', '41']);
    expect([none.status, none.err]).toEqual([1, expect.stringContaining('no colour has 41 pixels or more')]);
  });

  it('reads standard input and writes standard output, with nothing else in it', async () => {
    const { status, raw } = run(['-', '--channel', 'alpha', '-o', '-'], readFileSync(sample));
    expect(status).toBe(0);
    expect((await decode(raw)).width).toBe(640);
  });

  it('never overwrites without --force', () => {
    writeFileSync(join(folder, 'm.png'), 'mine');
    const refused = run([sample, '-o', 'm.png']);
    expect([refused.status, readFileSync(join(folder, 'm.png'), 'utf8')]).toEqual([1, 'mine']);
    expect(refused.err).toContain('--force');
    expect(run([sample, '-o', 'm.png', '--force']).status).toBe(0);
    expect(readFileSync(join(folder, 'm.png')).length).toBeGreaterThan(1000);
  });

  it('never overwrites the picture itself', () => {
    const picture = readFileSync(sample);
    writeFileSync(join(folder, 'in.png'), picture);
    for (const how of ['--force', '--resume']) {
      const { status, err } = run(['in.png', '-o', 'in.png', how]);
      expect([status, err]).toEqual([1, expect.stringContaining('in.png is the picture itself')]);
    }
    expect(readFileSync(join(folder, 'in.png'))).toEqual(picture);
  });
});

describe('mistakes', () => {
  for (const args of [
    [],
    ['--channel', 'L'],
    [sample, '--channel', 'L'],
    [sample, '--levels', '1'],
    [sample, '--levels', '1,2,3,4'],
    [sample, '--levels', '0,256'],
    [sample, '--levels', 'a,b'],
    [sample, '--grow', '1.5'],
    [sample, '--threshold', ''],
    [sample, '--shard', '3/2'],
    [sample, '--bits', '4'],
    [sample, '--nope'],
    [sample, '--channel', 'all', '-o', 'one.png'],
    ['*.nothing'],
    [sample, '--recipe', 'absent.json'],
    [sample, '--recipe', resolve('package.json')],
    [sample, '--recipe', resolve('package.json'), '--invert'],
    [sample, '--colors', '3'],
    [sample, '--colors', '--channel', 'alpha'],
    [sample, '--min-pixels', '3'],
    [sample, '-o', 'mask.jpg'],
  ]) {
    it(`exit code 2 and a reason for: ${args.map((arg) => arg.split('/').pop()).join(' ')}`, () => {
      const { status, out, err } = run(args);
      expect(status).toBe(2);
      expect(out + err).toMatch(/chromask/);
    });
  }

  it('an invalid recipe is reported with its fault, not with an internal error', () => {
    for (const bad of [{ chromask: 1, workflow: {} }, { chromask: 1, workflow: {}, inputs: [null] }, null, 5]) {
      writeFileSync(join(folder, 'bad.json'), JSON.stringify(bad));
      const { status, err } = run([sample, '--recipe', 'bad.json']);
      expect([status, err]).toEqual([2, expect.stringMatching(/^chromask: recipe: .+ must be .+, got .+/)]);
    }
  });

  it('a file that is missing, no picture, or corrupt: exit code 1 and its name', () => {
    writeFileSync(join(folder, 'text.png'), 'hello');
    writeFileSync(join(folder, 'cut.png'), readFileSync(sample).subarray(0, 9000));
    for (const name of ['absent.png', 'text.png', 'cut.png']) {
      const { status, err } = run([name, '-o', 'x.png']);
      expect([status, existsSync(join(folder, 'x.png'))]).toEqual([1, false]);
      expect(err).toContain(name);
    }
  });
});

describe('many pictures', () => {
  const pictures = (count: number): void => {
    mkdirSync(join(folder, 'in'));
    for (let i = 0; i < count; i++) copyFileSync(sample, join(folder, 'in', `p${i}.png`));
  };

  it('works a pattern over threads, goes on after a failure and exits with 1', () => {
    pictures(6);
    writeFileSync(join(folder, 'in', 'broken.png'), 'no');
    const { status, out } = run(['in/*.png', '-o', 'out', '--concurrency', '3', '--json']);
    expect(status).toBe(1);
    const reports = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(reports.filter((one) => one.status === 'made')).toHaveLength(6);
    expect(reports.filter((one) => one.status === 'failed')).toMatchObject([{ input: join('in', 'broken.png') }]);
    expect(readdirSync(join(folder, 'out'))).toHaveLength(6);
  });

  it('shards share the pictures out without loss or overlap', () => {
    pictures(5);
    const made = ['1/3', '2/3', '3/3'].flatMap((shard) => {
      const { out } = run(['in', '-o', 'out', '--shard', shard, '--json', '--concurrency', '1']);
      return out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).input as string);
    });
    expect(made.sort()).toEqual([0, 1, 2, 3, 4].map((i) => join('in', `p${i}.png`)));
  });

  it('resumes: what was made from the same picture with the same options is skipped, anything else is made again', () => {
    pictures(3);
    const again = (...more: string[]) => {
      const { out } = run(['in', '-o', 'out', '--resume', '--json', '--concurrency', '1', ...more]);
      return out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).status as string);
    };
    expect(again()).toEqual(['made', 'made', 'made']);
    expect(again()).toEqual(['skipped', 'skipped', 'skipped']);
    expect(again('--invert')).toEqual(['made', 'made', 'made']);
    const cut = join(folder, 'out', 'p1.L-LAB.png');
    writeFileSync(cut, readFileSync(cut).subarray(0, -20));
    expect(again('--invert')).toEqual(['skipped', 'made', 'skipped']);
  });

  it('takes names from a manifest', () => {
    pictures(2);
    const lines = [{ input: 'in/p0.png', output: 'a.png' }, { input: 'in/p1.png' }];
    writeFileSync(join(folder, 'list.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(run(['--manifest', 'list.jsonl', '-o', 'out', '--concurrency', '1']).status).toBe(0);
    expect([existsSync(join(folder, 'a.png')), existsSync(join(folder, 'out', 'p1.L-LAB.png'))]).toEqual([true, true]);
    writeFileSync(join(folder, 'bad.jsonl'), '{"input": 3}');
    expect(run(['--manifest', 'bad.jsonl']).err).toContain('bad.jsonl, line 1');
    writeFileSync(join(folder, 'slip.jsonl'), '{"input": "in/p0.png"}\n\n{"input": "in/p1.png", "ouput": "b.png"}');
    expect(run(['--manifest', 'slip.jsonl', '-o', 'none'])).toMatchObject({
      status: 2,
      err: expect.stringContaining('slip.jsonl, line 3: there is no "ouput"; a line takes "input", "output"'),
    });
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  it('refuses two pictures that would write one file', () => {
    mkdirSync(join(folder, 'a'));
    mkdirSync(join(folder, 'b'));
    for (const name of ['a', 'b']) copyFileSync(sample, join(folder, name, 'p.png'));
    const { status, err } = run(['a', 'b', '-o', 'out']);
    expect(status).toBe(2);
    expect(err).toContain('would both write');
  });

  it('an interrupt leaves no half-written file and exits with 130', async () => {
    pictures(40);
    const child = spawn(
      process.execPath,
      [cli, 'in', '--channel', 'all', '-o', 'out', '--concurrency', '2', '--json'],
      { cwd: folder },
    );
    await new Promise((done) => child.stdout.once('data', done));
    child.kill('SIGINT');
    const code = await new Promise((done) => child.once('exit', done));
    expect(code).toBe(130);
    const files = readdirSync(join(folder, 'out'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(file).not.toMatch(/\.part$/);
      await decode(readFileSync(join(folder, 'out', file)));
    }
  });
});

it('says its version and helps', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(execFileSync(process.execPath, [cli, '--version']).toString().trim()).toBe(version);
  expect(run(['--help']).status).toBe(0);
});

describe('workflows', () => {
  const graph = {
    1: { class_type: 'LoadImage', inputs: { image: 'photo.png' } },
    2: { class_type: 'ImageToMask', inputs: { image: ['1', 0], channel: 'red' } },
    3: { class_type: 'GrowMask', inputs: { mask: ['2', 0], expand: 3, tapered_corners: true } },
  };

  it('runs the mask part of a graph on the pictures that were named', async () => {
    writeFileSync(join(folder, 'w.json'), JSON.stringify(graph));
    const { status, out } = run(['run', 'w.json', '--input', `photo.png=${sample}`, '--out', 'masks', '--json']);
    expect(status).toBe(0);
    const [line] = out
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(line).toMatchObject({ id: '3', node: 'GrowMask' });
    const device = await open({ device: 'wasm' });
    const { image } = await device.load(readFileSync(sample));
    const made = await decode(readFileSync(join(folder, line.file)), { format: 'native' });
    expect(made.data).toEqual(await image.channel('red').grow({ expand: 3 }).bytes());
  });

  it('refuses a device and a version that are none, and files that exist', () => {
    writeFileSync(join(folder, 'w.json'), JSON.stringify(graph));
    const bad = run(['run', 'w.json', '--device', 'gpu']);
    expect([bad.status, bad.err]).toEqual([2, expect.stringMatching(/--device must be one of auto, webgl2, wasm/)]);
    const old = run(['run', 'w.json', '--compat', 'x']);
    expect([old.status, old.err]).toEqual([2, expect.stringMatching(/--compat must be one of comfy-2026, comfy-2025/)]);
    const args = ['run', 'w.json', '--input', `photo.png=${sample}`];
    expect(run(args).status).toBe(0);
    const again = run(args);
    expect([again.status, again.err]).toEqual([1, expect.stringMatching(/w\.3\.mask\.png exists; --force overwrites/)]);
    expect(run([...args, '--force']).status).toBe(0);
  });

  it('reads pictures that a manifest names by file URL', () => {
    copyFileSync(sample, join(folder, 'a b.png'));
    const input = pathToFileURL(join(folder, 'a b.png')).href;
    writeFileSync(join(folder, 'list'), `${JSON.stringify({ input })}\n`);
    expect(run(['--manifest', 'list', '--concurrency', '1']).status).toBe(0);
    expect(readdirSync(folder)).toContain('a b.L-LAB.png');
  });

  it('takes the device of a queue worker', () => {
    const { status, err } = run(['queue', 'work', '--device', 'gpu']);
    expect([status, err]).toEqual([2, expect.stringMatching(/--device must be one of auto, webgl2, wasm/)]);
  });

  it('says everything that is wrong with a graph, and which node it is', () => {
    writeFileSync(
      join(folder, 'w.json'),
      JSON.stringify({ ...graph, 3: { class_type: 'GrowMask', inputs: { mask: ['9', 0], expand: 99999 } } }),
    );
    for (const [strict, code] of [
      [['--strict'], 1],
      [[], 0],
    ] as const) {
      const { status, err } = run(['run', 'w.json', ...strict, '--input', `photo.png=${sample}`]);
      expect(status).toBe(code);
      expect(err).toMatch(/GrowMask.*9.*99999/s);
    }
  });

  it('lists the nodes, for people and for front ends', () => {
    expect(run(['nodes']).out).toContain('LayerMask: ImageToMask');
    expect(JSON.parse(run(['nodes', '--json']).out).GrowMask.input.required.expand[0]).toBe('INT');
  });
});
