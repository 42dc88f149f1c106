// The selecting options of the command line: what each makes, in which order, and what is refused before anything is
// read.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { open } from 'chromask';
import { decode, encode } from 'chromask/png';
import { beforeEach, describe, expect, it } from 'vitest';

const cli = resolve('dist/cli.js');
const [WIDTH, HEIGHT] = [12, 9];
let folder = '';

/** Red rings with a hole, red specks, a green one that is near to nothing, and a shade of red, on gray. */
const rows = [
  '............',
  '.rrrrr...r..',
  '.r...r......',
  '.r.g.r..rrr.',
  '.r...r..rRr.',
  '.rrrrr..rrr.',
  '......r.....',
  '..g.........',
  '............',
];
const inks: Readonly<Record<string, number[]>> = {
  '.': [90, 90, 90],
  r: [200, 20, 20],
  R: [190, 30, 24],
  g: [20, 200, 20],
};
const pixels = Uint8Array.from(rows.flatMap((row) => [...row].flatMap((letter) => inks[letter])));
/** Bytes of a mask drawn with letters: # is white. */
const drawn = (...mask: string[]): number[] =>
  mask.flatMap((row) => [...row].map((letter) => (letter === '#' ? 255 : 0)));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chromask-select-'));
  writeFileSync(join(folder, 'a.png'), await encode({ width: WIDTH, height: HEIGHT, channels: 3, data: pixels }));
});

function run(...args: string[]) {
  const more = { cwd: folder, encoding: 'utf8', timeout: 50_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], more);
  return { status, out: stdout, err: stderr };
}

async function made(...args: string[]): Promise<number[]> {
  const { status, err } = run('a.png', ...args, '-o', 'm.png', '--force');
  expect([status, err]).toEqual([0, '']);
  return Array.from((await decode(readFileSync(join(folder, 'm.png')), { format: 'native' })).data);
}

const picture = async () => (await open({ device: 'wasm' })).image(pixels, [1, HEIGHT, WIDTH, 3]);
const list = async (mask: { bytes(): Promise<Uint8Array> }): Promise<number[]> => Array.from(await mask.bytes());

describe('a selection', () => {
  const ring = drawn(
    '............',
    '.#####......',
    '.#...#......',
    '.#...#......',
    '.#...#......',
    '.#####......',
    '............',
    '............',
    '............',
  );

  it('--wand takes what hangs together with a pixel, 20 far or as far as it says', async () => {
    expect(await made('--wand', '1,1')).toEqual(ring);
    expect(await made('--wand=5,3,0')).toEqual(ring);
    const block = (centre: string) =>
      drawn(...rows.map((_, y) => (y < 3 || y > 5 ? '............' : `........#${y === 4 ? centre : '#'}#.`)));
    expect(await made('--wand', '8,3')).toEqual(block('#'));
    expect(await made('--wand', '8,3,14.6')).toEqual(block('.'));
    expect(readdirSync(folder)).toEqual(['a.png', 'm.png']);
  });

  it('--range takes all that is near to one of the colours', async () => {
    const like = (letters: string, letter = '#') =>
      drawn(...rows.map((row) => row.replace(/./g, (one) => (letters.includes(one) ? letter : '.'))));
    expect(await made('--range', '#c81414:0')).toEqual(like('r'));
    expect(await made('--range', '#C81414')).toEqual(like('rR'));
    expect(await made('--range', '#c81414,#14c814:3')).toEqual(like('rg'));
  });

  it('--fill-holes, --remove-small, --grow and --blur are the operations of masks', async () => {
    const image = await picture();
    const red = image.colorRange({ colors: '#c81414', tolerance: 20 });
    const range = ['--range', '#c81414'];
    expect(await made(...range, '--fill-holes')).toEqual(await list(red.fillHoles()));
    expect(await made(...range, '--remove-small', '10')).toEqual(await list(red.removeSmall({ area: 10 })));
    expect(await made(...range, '--blur', '1.5')).toEqual(await list(red.blur({ radius: 1.5 })));
    for (const shape of ['diamond', 'square', 'disk'] as const) {
      expect(await made(...range, '--grow', `2:${shape}`)).toEqual(await list(red.grow({ expand: 2, shape })));
    }
    expect(await made(...range, '--grow', '-1:square')).toEqual(await list(red.grow({ expand: -1, shape: 'square' })));
    expect(await made(...range, '--grow', '2')).toEqual(await list(red.grow({ expand: 2 })));
    expect(await made(...range, '--grow', '0:disk', '--blur', '0', '--remove-small', '0')).toEqual(await list(red));
  });

  it('is made in the order of --help, wherever options stand', async () => {
    const words = [
      '--fade-edges',
      '2',
      '--blur',
      '1',
      '--grow',
      '1:disk',
      '--remove-small',
      '7',
      '--fill-holes',
      '--invert',
    ];
    const image = await picture();
    const red = image.colorRange({ colors: '#c81414', tolerance: 9 });
    const sides = { left: 2, top: 2, right: 2, bottom: 2 };
    const whole = red.invert().fillHoles().removeSmall({ area: 7 }).grow({ expand: 1, shape: 'disk' });
    expect(await made(...words, '--range', '#c81414:9')).toEqual(
      await list(whole.blur({ radius: 1 }).fadeEdges(sides)),
    );
    const { out } = run('--help');
    const order = out.match(
      /^ {2}--(channel|wand|range|colors|normalize|levels|threshold|invert|fill-holes|remove-small|grow|blur|fade-edges)\b/gm,
    );
    expect(order?.slice(0, 13).map((word) => word.trim().slice(2))).toEqual(
      'channel wand range colors normalize levels threshold invert fill-holes remove-small grow blur fade-edges'.split(
        ' ',
      ),
    );
  });

  it('is taken of channels and colours too, and names its file', async () => {
    const image = await picture();
    const mask = image.channel('R(RGB)').threshold({ value: 0.5 });
    expect(await made('--channel', 'R(RGB)', '--threshold', '0.5', '--fill-holes')).toEqual(
      await list(mask.fillHoles()),
    );
    expect(run('a.png', '--colors=1', '--min-pixels', '5', '--grow', '1:square', '-o', 'c/').status).toBe(0);
    expect(readdirSync(join(folder, 'c'))).toEqual(['a.5a5a5a.png']);
    expect(run('a.png', '--wand', '1,1', '-o', 'w/').status).toBe(0);
    expect(run('a.png', '--range', '#c81414', '--sheet', '-o', 'w/').status).toBe(0);
    expect(readdirSync(join(folder, 'w'))).toEqual(['a.range.png', 'a.sheet.png', 'a.wand.png']);
  });
});

describe('--svg', () => {
  /** The square with a hole of the picture, along its edges, and its hole the other way. */
  const ring = 'M1 1h5v5h-5zM2 2v3h3v-3z';

  it('writes the outline beside the mask', async () => {
    const { status, out } = run('a.png', '--wand', '1,1', '--svg', '--json');
    expect(status).toBe(0);
    const [mask, outline] = JSON.parse(out).outputs;
    expect([mask.file, outline.file, outline.label]).toEqual(['a.wand.png', 'a.wand.svg', 'wand']);
    const svg = readFileSync(join(folder, 'a.wand.svg'), 'utf8');
    expect(svg).toContain('width="12" height="9" viewBox="0 0 12 9"');
    expect(svg).toContain(`<path fill-rule="evenodd" d="${ring}"/>`);
    expect(outline.bytes).toBe(svg.length);
  });

  it('is beside a mask that is named, and empty where the mask is', () => {
    expect(run('a.png', '--range', '#0000ff:0', '--svg', '-o', 'one.png').status).toBe(0);
    expect(readFileSync(join(folder, 'one.svg'), 'utf8')).toContain(' d=""/>');
  });

  it('never takes the place of another file, and none of the two is written then', () => {
    writeFileSync(join(folder, 'a.wand.svg'), '<svg>mine</svg>');
    for (const more of [[], ['--resume']]) {
      const { status, err } = run('a.png', '--wand', '1,1', '--svg', ...more);
      expect([status, err]).toEqual([1, expect.stringContaining('a.wand.svg exists')]);
    }
    expect(readdirSync(folder)).toEqual(['a.png', 'a.wand.svg']);
    expect(readFileSync(join(folder, 'a.wand.svg'), 'utf8')).toBe('<svg>mine</svg>');
    expect(run('a.png', '--wand', '1,1', '--svg', '--force').status).toBe(0);
  });

  it('is resumed: skipped where both are there, made where one is missing or of other options', () => {
    const resume = (tolerance: number) => {
      const { out } = run('a.png', '--wand', `1,1,${tolerance}`, '--svg', '--resume', '--json');
      return JSON.parse(out).status;
    };
    expect([resume(20), resume(20)]).toEqual(['made', 'skipped']);
    expect([resume(7), resume(7)]).toEqual(['made', 'skipped']);
    expect(run('a.png', '--wand', '1,1,20', '--resume').status).toBe(0);
    expect([resume(20), resume(20)]).toEqual(['made', 'skipped']);
    expect(existsSync(join(folder, 'a.wand.svg'))).toBe(true);
  });

  it('is written by threads, for channels and for what a recipe makes, unless that is a picture', async () => {
    copyFileSync(join(folder, 'a.png'), join(folder, 'b.png'));
    expect(run('a.png', 'b.png', '--channel', 'red', '--svg', '-o', 'o', '--concurrency', '2').status).toBe(0);
    expect(readdirSync(join(folder, 'o'))).toEqual(['a.red.png', 'a.red.svg', 'b.red.png', 'b.red.svg']);
    const image = await picture();
    const wand = image.wand({ x: 1, y: 1 });
    writeFileSync(join(folder, 'w.json'), JSON.stringify(wand.recipe()));
    expect(run('a.png', '--recipe', 'w.json', '--svg').status).toBe(0);
    expect(readFileSync(join(folder, 'a.w.svg'), 'utf8')).toContain(` d="${ring}"/>`);
    writeFileSync(join(folder, 'p.json'), JSON.stringify(image.flip({ axis: 'x' }).recipe()));
    const { status, err } = run('a.png', '--recipe', 'p.json', '--svg');
    expect([status, err]).toEqual([1, expect.stringContaining('a mask has an outline, and a picture has none')]);
    expect(existsSync(join(folder, 'a.p.png'))).toBe(false);
  });

  it('is refused where it has no place', () => {
    for (const [args, message] of [
      [['-o', '-', '--svg'], '--svg is a file beside the mask'],
      [['-o', 'm.svg'], '--out m.svg: masks are written as .png, and --svg the outline'],
    ] as const) {
      const { status, err } = run('a.png', ...args);
      expect([status, err]).toEqual([2, expect.stringContaining(message)]);
    }
    expect(readdirSync(folder)).toEqual(['a.png']);
    writeFileSync(join(folder, 'list'), '{"input": "a.png", "output": "m.svg"}');
    const { status, err } = run('--manifest', 'list', '--svg');
    expect([status, err]).toEqual([2, expect.stringContaining('two masks of a.png would both be m.svg')]);
  });
});

describe('what is refused before a picture is read', () => {
  it.each([
    [['--wand', '1'], '--wand must be X,Y or X,Y,TOLERANCE, got "1"'],
    [['--wand', '1,2,3,4'], '--wand must be X,Y or X,Y,TOLERANCE'],
    [['--wand', '1.5,2'], '--wand: x must be a whole number, got 1.5'],
    [['--wand', '1,'], '--wand: y must be between 0 and 1073741824, got ""'],
    [['--wand=-1,2'], '--wand: x must be between 0 and 1073741824, got "-1"'],
    [['--wand', '1,2,443'], '--wand: tolerance must be between 0 and 442, got "443"'],
    [['--range', 'red'], '--range must be #RRGGBB,#RRGGBB,… or #RRGGBB,…:TOLERANCE, got "red"'],
    [['--range', '#ff00'], '--range must be #RRGGBB'],
    [['--range', '#ff0000,'], '--range must be #RRGGBB'],
    [['--range', '#ff0000:1:2'], '--range must be #RRGGBB'],
    [['--range', '#ff0000:'], '--range: tolerance must be between 0 and 442, got ""'],
    [['--range', Array(65).fill('#ff0000').join()], '--range takes at most 64 colours, got 65'],
    [['--remove-small', '1.5'], '--remove-small must be a whole number, got 1.5'],
    [['--remove-small=-1'], '--remove-small must be between 0 and 4294967295, got "-1"'],
    [['--blur', '1001'], '--blur must be between 0 and 1000, got "1001"'],
    [['--blur', 'x'], '--blur must be between 0 and 1000, got "x"'],
    [['--grow', '3:circle'], '--grow: shape must be one of diamond, square, disk, got "circle"'],
    [['--grow', '3:'], '--grow: shape must be one of diamond, square, disk, got ""'],
    [['--grow', ':disk'], '--grow must be between -16384 and 16384, got ""'],
    [['--fill-holes=1'], '--fill-holes takes no value'],
    [['--wand', '1,1', '--range', '#ff0000'], '--wand says what to make masks of (a pixel), and so does --range'],
    [['--wand', '1,1', '--channel', 'luma'], '--channel says what to make masks of (a channel), and so does --wand'],
    [['--colors', '--range', '#ff0000'], '--colors says what to make masks of (colours), and so does --range'],
    [['--wand', '1,1', '--recipe', 'r.json'], '--recipe says what to make, and so does --wand'],
    [['--blur', '1', '--recipe', 'r.json'], '--recipe says what to make, and so does --blur'],
  ])('%j', (args, message) => {
    const { status, err } = run('missing.png', ...args);
    expect([status, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it('and a pixel outside a picture when its size is known', () => {
    const { status, err } = run('a.png', '--wand', '12,0');
    expect([status, err]).toEqual([1, expect.stringContaining('must be inside the picture (12 x 9), got 12, 0')]);
    expect(readdirSync(folder)).toEqual(['a.png']);
  });
});
