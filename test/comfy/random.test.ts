import { MaskBatch, open } from 'chromask';
import { nodes as all, runWorkflow } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';
import { toSaved } from './graphs.js';
import { dice, picture, random } from './random.js';
import { isBatch, numbers, toApi } from './sketch.js';

const device = await open({ device: 'wasm' });
const names = Object.keys(await all());

describe('300 random graphs', () => {
  for (let part = 0; part < 10; part++) {
    it(`give what the methods give, in both formats: seeds ${part * 30} to ${part * 30 + 29}`, async () => {
      for (let seed = part * 30; seed < part * 30 + 30; seed++) {
        const { sketch, expected } = random(seed, picture(device), device);
        const files = { 'p.png': picture(device) };
        const only = [...expected.keys()];
        const [api, saved] = await Promise.all(
          [toApi(sketch), toSaved(sketch)].map(async (graph) =>
            numbers(await runWorkflow(device, graph, { files, only })),
          ),
        );
        expect(saved).toEqual(api);
        for (const [id, mask] of expected) expect(api[id], `seed ${seed}, node ${id}`).toEqual([await mask.data()]);
      }
    });
  }
});

/** One place of a graph, changed to something that no person would write, or hardly one. */
function mutated(graph: object, roll: (end: number) => number): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(graph));
  const places: [Record<string, unknown>, string][] = [];
  const open: unknown[] = [copy];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (typeof at !== 'object' || at === null) continue;
    for (const key of Object.keys(at)) {
      places.push([at as Record<string, unknown>, key]);
      open.push((at as Record<string, unknown>)[key]);
    }
  }
  const [owner, key] = places[roll(places.length)];
  const [other, name] = places[roll(places.length)];
  const values = [
    null,
    -1,
    1e9,
    0.5,
    1e308,
    '',
    '3',
    'NaN',
    '__proto__',
    true,
    [],
    {},
    ['1', 0],
    ['__proto__', 0],
    [key, 0],
    [1],
  ];
  const clone: unknown = JSON.parse(JSON.stringify(other[name] ?? null));
  const what = roll(6);
  if (what === 0) delete owner[key];
  else if (what === 1) owner[key] = clone;
  else if (what === 2)
    Object.defineProperty(owner, '__proto__', {
      value: clone,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  else if (what === 3 && typeof owner[key] === 'number') owner[key] = Number(owner[key]) + roll(5) - 2;
  else if (what === 4) owner[names[roll(names.length)]] = owner[key];
  else owner[key] = values[roll(values.length)];
  return copy;
}

describe('2,000 mutations of valid graphs', () => {
  for (let part = 0; part < 10; part++) {
    it(`end in masks or in a typed error: seeds ${part * 200} to ${part * 200 + 199}`, async () => {
      const files = { 'p.png': picture(device) };
      let [ran, refused] = [0, 0];
      for (let seed = part * 200; seed < part * 200 + 200; seed++) {
        const roll = dice(seed + 1000);
        const { sketch } = random(seed % 60, picture(device), device);
        let graph: unknown = roll(2) ? toApi(sketch) : toSaved(sketch, roll(2) ? 'lists' : 'objects');
        for (let times = 1 + roll(3); times > 0; times--) graph = mutated(graph as object, roll);
        try {
          const { values } = await runWorkflow(device, graph, { files });
          for (const value of Object.values(values).flat())
            if (isBatch(value)) expect((await value.data()).length).toBe(value.size);
          ran++;
        } catch (error) {
          expect(error, `seed ${seed}: ${JSON.stringify(graph)}`).toMatchObject({
            name: 'ChromaskError',
            code: 'workflow',
          });
          refused++;
        }
      }
      expect(ran).toBeGreaterThan(20);
      expect(refused).toBeGreaterThan(20);
    });
  }

  it('leave the prototypes of the language as they were', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(MaskBatch.prototype).not.toHaveProperty('class_type');
  });
});
