// What every browser and GPU must do in a page and in a worker. Each check is one of page/checks.ts and runs in the
// browser.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { evidence } from '../ops.js';
import { packedCalls } from '../packs/read.mjs';
import { sent, smallest } from '../packs/sent.mjs';
import { bundle, type Kind, type Session, start } from './browsers.js';

const full = process.env.FULL !== undefined;
const wanted: Record<string, string> = JSON.parse(
  readFileSync(new URL('../vectors/colour-hashes.json', import.meta.url), 'utf8'),
).channels;
const none = (found: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.keys(found).map((name) => [name, 0]));

/** Random chains and graphs that each engine gets of the seeds; `npm run trust` and FULL try more. */
const SHARE = full ? 500 : 60;

/** `place` is the engine's among the engines: each tries seeds of its own. */
export function contract(kind: Kind, place: number): void {
  let session: Session;
  beforeAll(async () => {
    session = await start(kind, await bundle());
    console.log(`${kind.name} ${session.version}`);
  }, 120_000);
  afterAll(() => session?.close());

  it.each(['page', 'worker'] as const)('gives Pillow’s bytes for all 16.7 million colours, in a %s', async (where) => {
    const on = where === 'page' ? 'webgl2' : kind.worker;
    const made = await session.run('colours', { channels: Object.keys(wanted), on }, where);
    expect(made).toEqual({ device: on, ...wanted });
  });

  it('computes every operation as its reference does', async () => {
    const found = await session.run<Record<string, number>>('operations', { seed: 1 });
    expect(found).toEqual(none(found));
  });

  it('computes every operation across the seams of tiles', async () => {
    const found = await session.run<Record<string, number>>('operations', { seed: 2, tile: 7 });
    expect(found).toEqual(none(found));
  });

  it('takes pictures longer than a texture', async () => {
    const found = await session.run<Record<string, number>>('seams');
    expect(found).toEqual(none(found));
  });

  it('pays 256 bytes and one draw for a frame of a levels slider', async () => {
    const cost = await session.run('slider', { frames: 30 });
    expect(cost).toEqual({ draws: 30, uploaded: 30 * 256, objects: 0, read: 0 });
  });

  it('does each job with as few draws as there are, uploads nothing twice and reads back the answer alone', async () => {
    const costs = await session.run<Record<string, object>>('costs');
    const cost = (draws: number, counts = 0): object => ({
      draws,
      uploaded: 0,
      read: 64 * 80 + counts * 4,
      objects: 0,
    });
    expect(costs).toEqual({
      'a channel': cost(1),
      'a channel with a lattice': cost(1),
      'twenty tables': cost(1),
      'two masks': cost(1),
      'six masks': cost(1),
      // the channel, three that count it, of which 256 numbers are read, and all the rest in one
      'the chain of LayerMask': cost(5, 256),
      // doubling its reach with every draw
      'grown by 1': cost(1),
      'grown by 8': cost(4),
      'grown by 64': cost(7),
      feathered: cost(2),
      'cut out and laid over': cost(2),
    });
  });

  it('brings nothing to the GPU again, and takes nothing from it but the answer', async () => {
    const found = await session.run<Record<string, object>>('resident');
    expect(Object.keys(found).length).toBeGreaterThan(35);
    for (const [name, one] of Object.entries(found))
      expect(one, name).toEqual({ written: 0, read: 0, location: 'gpu' });
  });

  it('resamples any floats and draws any gradient with the bits of WASM', async () => {
    expect(await session.run('resampled', { from: 1 + place * 40, count: full ? 40 : 12 })).toEqual([]);
  });

  it('keeps no GL object that it does not need', async () => {
    const { before, after, closed, own } = await session.run<{
      before: number;
      after: number;
      closed: number;
      own: number[];
    }>('leaks', { times: full ? 2000 : 300 });
    expect(after).toBe(before);
    expect(own).toEqual([own[0], own[0], 0]);
    expect(closed).toBe(0);
  });

  it('opens and closes 20 times without taking the page’s own context', async () => {
    expect(await session.run('cycles', { times: 20 })).toEqual({ alive: true, opened: 20 });
  });

  it('answers a loss at any moment with the typed error or the right bytes', async () => {
    const outcome = await session.run<Record<string, string>>('loss');
    for (const [moment, end] of Object.entries(outcome)) expect(['right', 'context-lost'], moment).toContain(end);
  });

  it('repeats every recorded call of the real nodes bit for bit', async () => {
    expect(await session.run('golden')).toEqual({ device: 'webgl2', made: 654, wrong: {} });
  });

  it('repeats recorded calls in a worker', async () => {
    const on = kind.worker;
    // the page's device, and of that the page has all
    const every = on === 'webgl2' ? 4 : 1;
    const made = Math.ceil(654 / every);
    expect(await session.run('golden', { on, every }, 'worker')).toEqual({ device: on, made, wrong: {} });
  });

  it('runs its share of random graphs as WASM and as the methods do', async () => {
    const seeds = { from: place * SHARE, count: SHARE };
    const { names, compared, wrong } = await session.run<Record<string, object>>('graphs', seeds);
    expect([names, wrong]).toEqual([['webgl2', 'wasm'], {}]);
    expect(compared).toBeGreaterThan(5 * SHARE);
  });

  it('repeats its share of a recorded call of each node of the packs', async () => {
    const calls = smallest(packedCalls()).filter((_, i) => full || i % 3 === place % 3);
    expect(calls.length).toBeGreaterThan(30);
    expect(await session.run('packs', { calls: sent(calls) })).toEqual({ device: 'webgl2', wrong: {} });
  });

  it('runs its share of random graphs of any nodes as WASM does', async () => {
    const seeds = { from: place * 8, count: 8 };
    const { ran, wrong } = await session.run<{ ran: number; wrong: object }>('anyNodes', seeds);
    expect(wrong).toEqual({});
    expect(ran).toBeGreaterThan(60);
  });

  it('computes every row of the table as other programs did', async () => {
    const cases = Object.entries(evidence()).map(([name, { cases }]) => [name, cases.length]);
    expect(await session.run('evidence')).toEqual({ wrong: [], tried: Object.fromEntries(cases) });
  });

  it('computes its share of the rows as other programs did, cut into tiles', async () => {
    const share = full ? {} : { every: 4, from: place };
    const { wrong, tried } = await session.run<{ wrong: string[]; tried: object }>('evidence', { tile: 7, ...share });
    expect(wrong).toEqual([]);
    expect(Object.keys(tried).length).toBeGreaterThan(10);
  });

  it('gives the same bits as WASM for its share of random chains', async () => {
    const seeds = { from: 1 + place * SHARE, count: SHARE };
    const { names, wrong } = await session.run<{ names: string[]; wrong: object }>('chains', seeds);
    expect(names).toEqual(['webgl2', 'wasm']);
    expect(wrong).toEqual({});
  });

  it('gives the same bits as WASM for its share of chains drawn from the table', async () => {
    const count = full ? 300 : 25;
    expect(await session.run('tables', { from: 1 + place * count, count })).toEqual([]);
  });

  it.each([true, false])('makes the same bytes again after a loss at every boundary, restored: %s', async (back) => {
    const { wrong, misled, ended, points } = await session.run<
      Record<'wrong' | 'misled', string[]> & { ended: object; points: number }
    >('losses', {
      back,
      full,
    });
    expect([wrong, misled]).toEqual([[], []]);
    expect(points).toBeGreaterThan(20);
    expect(Object.keys(ended)).toContain(back ? 'webgl2' : 'wasm');
  });

  it('loads an element and shows a mask although the context goes meanwhile', async () => {
    const found = await session.run<Record<string, string>>('moments');
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, 'right'])));
  });

  it('says so where shaders, textures and readings fail, and works when they do not', async () => {
    const found = await session.run<Record<string, { allowed: boolean; afterwards: string }>>('gpuFaults');
    expect(Object.keys(found).length).toBeGreaterThan(8);
    for (const [name, one] of Object.entries(found))
      expect(one, name).toMatchObject({ allowed: true, afterwards: 'right' });
  });

  it('shows a mask without reading it back', async () => {
    const { plain, bitmap, tint, shade, over, picture, floats, read, location } =
      await session.run<Record<string, number[] | string>>('seen');
    const gray = [0, 64, 128, 255, 200, 10].flatMap((v) => [v, v, v, 255]);
    expect([plain, bitmap]).toEqual([gray, gray]);
    expect((tint as number[]).filter((_, i) => i % 4 === 3)).toEqual([0, 64, 128, 255, 200, 10]);
    // a canvas keeps colours times alpha, so they come back to within a step of it
    const strong = (shade as number[]).slice(12, 16).map((value, c) => Math.abs(value - [100, 200, 50, 128][c]));
    expect(Math.max(...strong), String(shade)).toBeLessThanOrEqual(2);
    expect((over as number[]).slice(0, 4)).toEqual([0, 10, 20, 255]);
    expect(picture).toEqual(Array.from({ length: 24 }, (_, i) => (i % 4 === 3 ? 255 : (i - (i >> 2)) * 10)));
    expect((floats as number[]).filter((_, i) => i % 4 === 0)).toEqual([0, 51, 102, 255, 255, 0]);
    expect([read, location]).toEqual([[0], 'gpu']);
  });

  it('leaves a host’s context as it was, and gives it textures', async () => {
    const seen = await session.run('hosted');
    expect(seen).toEqual({ texture: [255, 191, 127, 0, 55, 245], changed: [], alive: true, right: true });
  });

  it('leaves a host’s blending as it was when it draws over its canvas', async () => {
    const [before, after] = await session.run<string[]>('blending');
    expect(after).toBe(before);
  });

  it('leaves what a host set for one of its draw buffers', async () => {
    const [before, after] = await session.run<string[]>('buffers');
    expect(after).toBe(before);
  });

  it('takes no error that a host left for one of its own', async () => {
    expect(await session.run('pending')).toEqual([true, true, true]);
  });

  it('fills what it draws although its host draws lines', async () => {
    expect(await session.run('lines')).toEqual({ right: true, lines: true });
  });

  it('shows on a host’s canvas what a 2-D canvas shows, of every kind and size', async () => {
    const found = await session.run<Record<string, number>>('shownByHosts');
    // eight bits of a colour that was multiplied by little alpha; and every canvas scales in its own way
    for (const [name, most] of Object.entries(found)) expect(most, name).toBeLessThan(10);
  });

  it('says why a GPU is not to be trusted, and what is too much for one that is', async () => {
    const said = await session.run<Record<string, string>>('refusals');
    expect(said).toMatchObject({
      none: 'wasm: webgl2: there is no WebGL2 in this environment',
      'none, asked for': 'no-device',
      'perturbed, asked for': 'no-device',
      small: 'wasm: webgl2: its textures end at 1024 pixels',
      'small, asked for': 'no-device',
      together: 'true',
      closed: 'closed',
    });
    expect(said.perturbed).toMatch(/^wasm: webgl2: what it gives back is perturbed \(\d+ of 16384 bytes\)$/);
    expect(said.memory).toMatch(/^out-of-memory: .*limits.memory is 1048576 bytes.* 4194304 more are needed/);
  });

  // after the refusals: once it has been measured, a page knows its GPU
  it('chooses a device once a page, and where it is WASM says whose program draws and how that was found', async () => {
    const [first, second] = await session.run<{ name: string; why: string[] }[]>('choice');
    const how =
      /^webgl2: .+ is (a program on the CPU, by its name|as slow as a program on the CPU): .*device: 'webgl2' insists/;
    const gpu = /^webgl2: distinct colours/;
    // which of two is faster is measured: on a machine that others use too, either may be
    expect(first.why).toEqual([expect.stringMatching(first.name === 'wasm' ? how : gpu)]);
    expect(second).toEqual(first);
  });

  it('takes elements and files of other formats, byte for byte or saying so', async () => {
    expect(await session.run('elements')).toEqual(wantedOf(kind));
  });

  // the last: the page is another one afterwards
  it('makes the same masks in plain JavaScript where a page may not compile WebAssembly', async () => {
    await session.load('/strict');
    expect(await session.run('strict')).toEqual({ allowed: false, device: 'wasm', made: 94, wrong: {} });
  });
}

/** What becomes of each source: see page/elements.ts. What a browser lacks is here, and in docs/limits.md. */
function wantedOf({ browser }: Kind): Record<string, string> {
  const bitmaps = browser === 'webkit' ? 'right, lossy' : 'right';
  const each = (device: 'webgl2' | 'wasm', where: string): [string, string][] => [
    // WebKit multiplies bitmaps by alpha even if it is asked not to: they say that they need not be right
    [`bitmap, ${device}`, browser === 'webkit' ? `WRONG, lossy, ${where}` : `right, ${where}`],
    [`opaque bitmap, ${device}`, `${bitmaps}, ${where}`],
    // Firefox gives WebGL no part of what is larger than a texture
    [`long bitmap, ${device}`, browser === 'firefox' ? 'unsupported' : `${bitmaps}, ${where}`],
    [`canvas, ${device}`, `right, lossy, ${where}`],
    [`image, ${device}`, `right, ${where}`],
    [`WebP with alpha, ${device}`, `right, ${device === 'wasm' ? 'wasm' : 'pending'}`],
  ];
  return Object.fromEntries([...each('webgl2', 'gpu'), ...each('wasm', 'wasm')]);
}
