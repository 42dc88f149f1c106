// The GPU's promises, in every browser that is here: a page and a worker, on software GPUs that anybody can have.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ops, type Row } from '../src/ops/index.js';
import { bundle, kinds, type Session, start } from './gpu/browsers.js';
import { textOf } from './texts.js';

const full = process.env.FULL !== undefined;
const wanted: Record<string, string> = JSON.parse(
  readFileSync(new URL('vectors/colour-hashes.json', import.meta.url), 'utf8'),
).channels;
const none = (found: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.keys(found).map((name) => [name, 0]));

for (const kind of kinds) {
  const missing = kind.path === undefined;
  if (missing) console.warn(`${kind.name} is not installed: its GPU tests are skipped`);
  it.runIf(missing && process.env.REQUIRE === 'webgl2' && !kind.browser)(`${kind.name} is installed`, () => {
    expect.unreachable(`REQUIRE=webgl2, but ${kind.name} is missing`);
  });

  describe.skipIf(missing)(kind.name, { timeout: 600_000 }, () => {
    let session: Session;
    beforeAll(async () => {
      session = await start(kind, await bundle());
    }, 120_000);
    afterAll(() => session?.close());

    it.each([
      'page',
      'worker',
    ] as const)('gives Pillow’s bytes for all 16.7 million colours, in a %s', async (where) => {
      const made = await session.run('colours', { channels: Object.keys(wanted) }, where);
      expect(made).toEqual({ device: 'webgl2', ...wanted });
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

    it('keeps no GL object that it does not need', async () => {
      const { before, after, closed, own } = await session.run<{
        before: number;
        after: number;
        closed: number;
        own: number[];
      }>('leaks', { times: 2000 });
      expect(after).toBe(before);
      expect(own).toEqual([own[0], own[0], 0]);
      expect(closed).toBe(0);
    });

    it('opens and closes 100 times without taking the page’s own context', async () => {
      expect(await session.run('cycles', { times: 100 })).toEqual({ alive: true, opened: 100 });
    });

    it('answers a loss at any moment with the typed error or the right bytes', async () => {
      const outcome = await session.run<Record<string, string>>('loss');
      for (const [moment, end] of Object.entries(outcome)) expect(['right', 'context-lost'], moment).toContain(end);
    });

    it('repeats every recorded call of the real nodes bit for bit', async () => {
      expect(await session.run('golden')).toEqual({ device: 'webgl2', made: 654, wrong: {} });
    });

    it('runs 300 random graphs as WASM and as the methods do', async () => {
      const { names, compared, wrong } = await session.run<Record<string, object>>('graphs', { from: 0, count: 300 });
      expect([names, wrong]).toEqual([['webgl2', 'wasm'], {}]);
      expect(compared).toBeGreaterThan(1500);
    });

    it('computes a neighbourhood as other programs did', async () => {
      expect(await session.run('evidence')).toEqual([]);
    });

    it('joins masks as Pillow and numpy did', async () => {
      expect(await session.run('recorded')).toEqual({});
    });

    it('gives the same bits as WASM for 500 random chains (seeds 1 to 500)', async () => {
      const { names, wrong } = await session.run<{ names: string[]; wrong: object }>('chains', { from: 1, count: 500 });
      expect(names).toEqual(['webgl2', 'wasm']);
      expect(wrong).toEqual({});
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

    it('shows on a host’s canvas what a 2-D canvas shows, whatever its kind and size', async () => {
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

    it('takes elements straight to the GPU, byte for byte', async () => {
      expect(await session.run('elements')).toEqual({
        // Firefox gives WebGL no part of what is larger than a texture
        long: kind.browser === 'firefox' ? 'unsupported' : true,
        bitmap: true,
        bitmapLossy: false,
        canvas: true,
        canvasLossy: true,
        where: 'gpu',
      });
    });
  });
}

it('every operation that needs a shader has one', () => {
  for (const [name, row] of Object.entries<Row>(ops)) {
    // a table is a texture; a region has no shader; passes have names of their own, and recorded answers run them all
    if ((row.kind === 'table' && !row.floats) || row.kind === 'region' || row.passes || row.composed) continue;
    const text = readFileSync(textOf('glsl', `${name}.glsl`), 'utf8');
    expect(text, name).toMatch(new RegExp(`\\b${name}(Of)?\\(`));
    expect(text.split('\n').length, name).toBeLessThanOrEqual(40);
  }
});
