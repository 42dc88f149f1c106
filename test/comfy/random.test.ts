import { type Device, type ImageBatch, MaskBatch, open } from 'chromask';
import { nodes, runWorkflow } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';
import { noise } from '../noise.js';
import { isBatch, numbers, type Sketch, toApi, toSaved } from './graphs.js';

const device = await open({ device: 'wasm' });

/** Whole numbers below `end`, the same for the same seed. */
function dice(seed: number): (end: number) => number {
  let state = (seed + 1) * 0x9e3779b9;
  return (end) => {
    state = (state ^ (state << 13)) >>> 0;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    return state % end;
  };
}

const W = 13;
const H = 7;
const operations = ['multiply', 'add', 'subtract', 'and', 'or', 'xor'] as const;
const channels = ['red', 'green', 'blue', 'alpha'] as const;

/** A graph and, made beside it by the methods of batches alone, what each of its masks is. */
function random(seed: number, pictures: ImageBatch): { sketch: Sketch; expected: Map<string, MaskBatch> } {
  const roll = dice(seed);
  const sketch: Sketch = { p: { type: 'LoadImage', in: { image: 'p.png' } } };
  const expected = new Map<string, MaskBatch>();
  const add = (type: string, inputs: Record<string, unknown>, mask: MaskBatch): void => {
    const id = String(expected.size + 1);
    sketch[id] = { type, in: inputs };
    expected.set(id, mask);
  };
  const any = (): [[string, number], MaskBatch] => {
    const [id, mask] = [...expected][roll(expected.size)];
    return [[id, 0], mask];
  };
  add('ImageToMask', { image: ['p', 0], channel: 'green' }, pictures.as('float32').channel('green'));
  for (let i = 0; i < 4 + roll(10); i++) {
    const [at, mask] = any();
    const [height, width] = mask.shape.slice(1);
    switch (roll(9)) {
      case 0:
        add('InvertMask', { mask: at }, mask.as('float32').invert());
        break;
      case 1: {
        const rectangle = { x: roll(width), y: roll(height), width: 1 + roll(W), height: 1 + roll(H) };
        add('CropMask', { mask: at, ...rectangle }, mask.crop(rectangle));
        break;
      }
      case 2: {
        const [from, other] = any();
        const options = { x: roll(W), y: roll(H), operation: operations[roll(6)] };
        add('MaskComposite', { destination: at, source: from, ...options }, mask.composite(other, options));
        break;
      }
      case 3: {
        const edges = { left: roll(9), top: roll(9), right: roll(9), bottom: roll(9) };
        add('FeatherMask', { mask: at, ...edges }, mask.feather(edges));
        break;
      }
      case 4: {
        const [expand, tapered] = [roll(9) - 4, roll(2) === 0];
        add('GrowMask', { mask: at, expand, tapered_corners: tapered }, mask.grow({ expand, tapered }));
        break;
      }
      case 5: {
        const value = roll(101) / 100;
        add('ThresholdMask', { mask: at, value }, mask.as('float32').threshold({ value }));
        break;
      }
      case 6: {
        const size = { value: roll(101) / 100, width: 1 + roll(W), height: 1 + roll(H) };
        add('SolidMask', size, device.solid(size));
        break;
      }
      case 7: {
        const channel = channels[roll(3)];
        add('ImageToMask', { image: ['p', 0], channel }, pictures.as('float32').channel(channel));
        break;
      }
      default: {
        const [black_point, white_point] = [roll(256), roll(256)];
        const inputs = {
          image: ['p', 0],
          channel: 'L(LAB)',
          black_point,
          white_point,
          gray_point: 1,
          invert_output_mask: true,
        };
        const toned = pictures.rgb().channel('L(LAB)').normalize().levels({ black: black_point, white: white_point });
        add('LayerMask: ImageToMask', inputs, toned.invert());
      }
    }
  }
  return { sketch, expected };
}

const picture = (on: Device): ImageBatch => on.image(noise(H * W * 4, 5), [1, H, W, 4]);

describe('300 random graphs', () => {
  for (let part = 0; part < 10; part++) {
    it(`give what the methods give, in both formats: seeds ${part * 30} to ${part * 30 + 29}`, async () => {
      for (let seed = part * 30; seed < part * 30 + 30; seed++) {
        const { sketch, expected } = random(seed, picture(device));
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

/** One place of a graph, changed to something that nobody would write, or only somebody would. */
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
  else if (what === 4) owner[Object.keys(nodes)[roll(22)]] = owner[key];
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
        const { sketch } = random(seed % 60, picture(device));
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
