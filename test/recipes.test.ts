// Recipes as data: their contents, that running them repeats what was done, and that no text can do harm.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type Device,
  fingerprint,
  type ImageBatch,
  MaskBatch,
  open,
  ops,
  type RecipeData,
  type StepData,
} from 'chromask';
import { runNode, runRecipe, runWorkflow, workflowRecipe } from 'chromask/comfy';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OpName } from '../src/ops/index.js';
import { sha256 } from '../src/saved/sha256.js';
import feathered from './comfy/feather2025.json' with { type: 'json' };
import { noise as seeded } from './noise.js';

const noise = (length: number): Uint8Array => seeded(length, 7);

let device: Device;
beforeAll(async () => {
  device = await open({ device: 'wasm' });
});

const picture = (width = 24, height = 18, batch = 1): ImageBatch =>
  device.image(noise(batch * height * width * 4), [batch, height, width, 4]);

/** Through text and back, on the same inputs. */
async function again(recipe: RecipeData, inputs: Parameters<Device['run']>[1]) {
  return device.run(JSON.parse(JSON.stringify(recipe)), inputs);
}

describe('what a recipe says', () => {
  it('is the calls, with their defaults, in an order in which they can be made', () => {
    const recipe = picture().channel('L(LAB)').normalize().levels({ black: 20 }).recipe();
    expect(recipe).toEqual({
      chromask: 2,
      inputs: [{ name: 'image', kind: 'image', dtype: 'uint8', shape: [1, 18, 24, 4] }],
      steps: [
        { op: 'channel', params: { name: 'L(LAB)' }, inputs: [0] },
        { op: 'normalize', params: {}, inputs: [1] },
        { op: 'levels', params: { black: 20, white: 255, gray: 1 }, inputs: [2] },
      ],
      output: 3,
    });
  });

  it('makes every call once, and names inputs as it is told', () => {
    const photo = picture();
    const matte = device.mask(noise(18 * 24), [18, 24]);
    const red = photo.channel('red');
    const both = red.multiply(matte).max(photo.channel('red'));
    const { inputs, steps } = both.recipe({ inputs: { photo } });
    expect(inputs.map(({ name }) => name)).toEqual(['photo', 'mask']);
    expect(steps.map(({ op }) => op)).toEqual(['channel', 'multiply', 'max']);
  });

  it('is the caller’s own: changing it changes no other', () => {
    const red = picture().channel('red');
    for (const options of [{}, { inputs: { red } }]) {
      const taken = red.recipe(options);
      const before = structuredClone(taken);
      (taken.inputs[0].shape as number[])[1] = 999;
      expect(red.recipe(options)).toEqual(before);
    }
    expect(red.shape).toEqual([1, 18, 24]);
  });

  it('begins at a mask that is named as an input', () => {
    const soft = picture().channel('red').invert();
    expect(soft.grow({ expand: 2 }).recipe({ inputs: { soft } }).steps).toHaveLength(1);
  });

  it('is not too deep for chains of thousands', () => {
    let mask = picture().channel('red');
    for (let i = 0; i < 5000; i++) mask = mask.invert();
    expect(mask.recipe().steps).toHaveLength(5001);
    for (let i = 0; i < 4999; i++) mask = mask.invert();
    expect(mask.recipe().steps).toHaveLength(10_000);
    // what could not be run again is not written down
    expect(() => mask.invert().recipe()).toThrow('recipe: inputs and steps must be at most 10000, got 10001');
  });
});

describe('running a recipe', () => {
  const mask = (batch = 1): MaskBatch => device.mask(noise(batch * 18 * 24), [batch, 18, 24]);
  const made: Record<string, () => Promise<ImageBatch | MaskBatch> | ImageBatch | MaskBatch> = {
    channel: () => picture().channel('S(HSV)'),
    as: () => mask().as('float32').clamp(),
    at: () => picture(24, 18, 3).at(-1).channel('alpha'),
    slice: () => picture(24, 18, 3).slice(1).channel('alpha'),
    cat: () => MaskBatch.cat([mask(), mask(2)]),
    composite: () => mask().composite(mask(), { x: 5, y: 7, operation: 'subtract' }),
    colorMap: async () =>
      (await device.image(noise(18 * 24 * 3), [1, 18, 24, 3]).colorMap({ minPixels: 1, maxCount: 3 })).masks,
    solid: () => device.solid({ value: 0.25, width: 24, height: 18 }).multiply(mask()),
  };
  for (const [name, row] of Object.entries(ops)) {
    if (!('on' in row) || 'channel' in row) continue;
    made[name] = () => {
      const sized = 'height' in row.params ? [{ width: 7, height: 5 }] : [];
      if (row.on === 'device') return device.make(name as OpName, { ...sized[0] });
      const on = row.on === 'mask' ? mask() : picture();
      const call = Reflect.get(on, name) as (...given: unknown[]) => MaskBatch;
      const other = 'with' in row && row.with === 'image' ? picture() : mask();
      return call.apply(on, 'with' in row ? [other, ...sized] : sized);
    };
  }
  for (const [name, make] of Object.entries(made)) {
    it(`${name}: the same numbers, and the same recipe again`, async () => {
      const one = await make();
      const recipe = one.recipe();
      const inputs = Object.fromEntries(recipe.inputs.map((input) => [input.name, given(input)]));
      const first = await again(recipe, inputs);
      expect(first.recipe({ inputs })).toEqual(recipe);
      expect(first.shape).toEqual(one.shape);
      expect(await first.data()).toEqual(await one.data());
    });
  }

  const given = ({ kind, shape = [], dtype }: RecipeData['inputs'][number]): ImageBatch | MaskBatch => {
    const size = shape.reduce((a, b) => a * b);
    const pixels = dtype === 'uint8' ? noise(size) : Float32Array.from(noise(size), (v) => v / 255);
    return kind === 'image' ? device.image(pixels, shape) : device.mask(pixels, shape);
  };

  it('does of another size what the calls would do', async () => {
    const chain = (image: ImageBatch, patch: MaskBatch): MaskBatch =>
      image.channel('luma').crop({ x: 2, y: 2, width: 64, height: 64 }).composite(patch, { x: 15, y: 3 });
    const patch = device.mask(noise(100), [10, 10]);
    const recipe = chain(picture(), patch).recipe();
    const large = picture(50, 40, 2);
    const run = await again(recipe, { image: large, mask: patch });
    expect(run.shape).toEqual([2, 38, 48]);
    expect(await run.bytes()).toEqual(await chain(large, patch).bytes());
  });

  it('is refused where it does not give what is said', async () => {
    const image = picture();
    const recipe = image.channel('red').recipe();
    expect((await device.run(recipe, { image }, { gives: 'mask' })).invert().shape).toEqual([1, 18, 24]);
    await expect(device.run(recipe, { image }, { gives: 'image' })).rejects.toThrow('one that makes an image, got ');
    await expect(device.run(recipe, { image }, { gives: 'masks' as never })).rejects.toThrow("'image' or 'mask'");
  });

  it('takes the channel that a node misspells, of recipes from before it was refused', async () => {
    const image = picture();
    const recipe = image.channel('S(HSV)').recipe();
    const misspelt = { ...recipe, steps: [{ ...recipe.steps[0], params: { name: 'S(HSV' } }] };
    expect(await (await again(misspelt, { image })).bytes()).toEqual(await image.channel('S(HSV)').bytes());
    expect(() => image.channel('S(HSV' as never)).toThrow('channel: name must be one of');
  });

  it('gives a size of 512 to steps of version 1 that name none', async () => {
    const image = picture(600, 20);
    const recipe = { chromask: 1, inputs: [{ name: 'image', kind: 'image' }], output: 1 } as const;
    const step = (op: string, params = {}) => again({ ...recipe, steps: [{ op, params, inputs: [0] }] }, { image });
    expect((await step('crop')).shape).toEqual([1, 20, 512, 4]);
    expect((await step('resize', { height: 3 })).shape).toEqual([1, 3, 512, 4]);
    const solid = { ...recipe, inputs: [], steps: [{ op: 'solid', inputs: [] }], output: 0 };
    expect((await again(solid, {})).shape).toEqual([1, 512, 512]);
    const crop = [{ op: 'crop', inputs: [0] }];
    await expect(again({ ...recipe, chromask: 2, steps: crop }, { image })).rejects.toThrow(
      'steps[0].crop: width must be',
    );
  });

  it('computes nothing yet', async () => {
    const image = picture();
    expect((await again(image.channel('red').invert().recipe(), { image })).location).toBe('pending');
  });

  it('checks shapes again', async () => {
    const recipe = picture().channel('red').crop({ x: 20, y: 0, width: 2, height: 2 }).recipe();
    await expect(again(recipe, { image: picture(10, 10) })).rejects.toMatchObject({ code: 'bad-argument' });
  });

  it('brings what it is given to the type it was recorded in', async () => {
    const image = picture();
    const recipe = image.channel('red').recipe();
    const run = await again(recipe, { image: image.as('float32') });
    expect(run.dtype).toBe('uint8');
    expect(await run.bytes()).toEqual(await image.channel('red').bytes());
  });

  it('counts the colours of the picture it is given', async () => {
    const two = device.image(Uint8Array.of(1, 1, 1, 2, 2, 2, 2, 2, 2), [1, 1, 3, 3]);
    const { masks } = await two.colorMap({ minPixels: 1, maxCount: 2 });
    const other = device.image(Uint8Array.of(7, 7, 7, 7, 7, 7, 9, 9, 9), [1, 1, 3, 3]);
    expect([...(await (await again(masks.recipe(), { image: other })).bytes())]).toEqual([255, 255, 0, 0, 0, 255]);
  });
});

describe('fingerprints', () => {
  it('stay valid', async () => {
    const recipe = picture().channel('L(LAB)').normalize().levels({ black: 20, white: 230, gray: 1.3 }).recipe();
    expect(await fingerprint(recipe)).toBe('ca2bd0b3328c8915ad897a0e414722537361ea5b5a92fb311dd35c7549061b7c');
  });

  it('do not depend on sizes, on the order of keys, or on defaults left out', async () => {
    const small = picture(3, 2).channel('red').threshold().recipe();
    const large = picture(30, 20, 2).channel('red').threshold({ value: 0.5 }).recipe();
    const terse = {
      output: 2,
      steps: [
        { inputs: [0], params: { name: 'red' }, op: 'channel' },
        { op: 'threshold', inputs: [1] },
      ],
      inputs: [{ kind: 'image', dtype: 'uint8', name: 'image', shape: [1, 1, 1, 4] }],
      chromask: 1,
    } as const;
    expect(await fingerprint(large)).toBe(await fingerprint(small));
    expect(await fingerprint(terse)).toBe(await fingerprint(small));
  });

  it('change with everything that could change a byte', async () => {
    const image = picture();
    const rgb = device.image(noise(24 * 18 * 3), [1, 18, 24, 3]);
    const recipes = [
      image.channel('red'),
      image.channel('green'),
      image.as('float32').channel('red'),
      picture().as('uint8').channel('alpha'),
      rgb.channel('alpha'),
      image.channel('red').invert(),
      image.channel('red').threshold({ value: 0.25 }),
      image.channel('red').threshold({ value: 0.75 }),
      image.channel('red').fadeEdges({ left: 2 }),
      image.channel('red').subtract(image.channel('green')),
      image.channel('green').subtract(image.channel('red')),
    ].map((mask) => mask.recipe());
    const names = await Promise.all(recipes.map((recipe) => fingerprint(recipe)));
    expect(new Set(names).size).toBe(names.length);
  });

  it('run by the names that operations had before', async () => {
    const steps: RecipeData['steps'] = [
      { op: 'rgb', inputs: [0] },
      { op: 'channel', params: { name: 'red' }, inputs: [1] },
      { op: 'feather', params: { left: 3 }, inputs: [2] },
      { op: 'toImage', inputs: [3] },
      { op: 'colorMask', params: { color: 0x0a0a0a }, inputs: [4] },
      { op: 'place', params: { x: 2 }, inputs: [3, 5] },
      { op: 'column', inputs: [6] },
    ];
    const inputs = [{ name: 'image', kind: 'image', dtype: 'uint8', shape: [1, 18, 24, 4] }] as const;
    const image = picture(24, 18, 2);
    const faded = image.removeAlpha().channel('red').fadeEdges({ left: 3 });
    const wanted = faded.paste(faded.toGray().selectColor({ color: 0x0a0a0a }), { x: 2 }).stackVertically();
    for (const chromask of [1, 2] as const) {
      const made = await device.run({ chromask, inputs, steps, output: 7 }, { image });
      expect(made.shape).toEqual([1, 36, 24]);
      expect(await made.data()).toEqual(await wanted.data());
    }
  });

  it('mean what they meant in version 1', async () => {
    const image = picture();
    const soft = image.channel('red').as('float32');
    const size = { width: 512, height: 512 };
    const meant: [StepData, (mask: MaskBatch) => MaskBatch][] = [
      [{ op: 'stack', inputs: [1, 1] }, (mask) => MaskBatch.cat([mask, mask])],
      [{ op: 'resize', inputs: [1] }, (mask) => mask.interpolate(size)],
      [{ op: 'resize', params: { width: 9 }, inputs: [1] }, (mask) => mask.interpolate({ ...size, width: 9 })],
      [{ op: 'crop', params: { x: 3 }, inputs: [1] }, (mask) => mask.crop({ ...size, x: 3 })],
      [{ op: 'solid', params: { value: 0.5 }, inputs: [] }, () => device.solid({ ...size, value: 0.5 })],
      [{ op: 'grow', params: { expand: 2, tapered: true }, inputs: [1] }, (mask) => mask.grow({ expand: 2 })],
      [
        { op: 'grow', params: { expand: 2, tapered: false }, inputs: [1] },
        (mask) => mask.grow({ expand: 2, shape: 'square' }),
      ],
      [{ op: 'channel', params: { name: 'S(HSV' }, inputs: [0] }, () => image.channel('S(HSV)')],
    ];
    for (const [step, today] of meant) {
      const before: StepData[] = [
        { op: 'channel', params: { name: 'red' }, inputs: [0] },
        { op: 'as', params: { dtype: 'float32' }, inputs: [1] },
      ];
      const inputs = [{ name: 'image', kind: 'image' }] as const;
      const told = { ...step, inputs: step.inputs.map((at) => (at ? 2 : 0)) };
      const recipe: RecipeData = { chromask: 1, inputs, steps: [...before, told], output: 3 };
      const made = await device.run(recipe, { image }, { gives: 'mask' });
      expect(await made.data(), step.op).toEqual(await today(soft).data());
    }
  });

  it('are told by the changelog, and each method in it is here by its new name alone', async () => {
    const [, table] = readFileSync('CHANGELOG.md', 'utf8').split('| 0.1 | now |\n| --- | --- |\n');
    const rows = table.slice(0, table.indexOf('\n\n')).split('\n');
    // these mean something else today, or the same
    const still = ['resize', 'grow', 'channel'];
    const mask = device.mask(new Float32Array(4), [2, 2]);
    const on = { mask, image: picture(), batch: mask };
    let told = 0;
    for (const [before, now] of rows.map((row) => row.split(' | '))) {
      const [, kind, name] = /`(mask|image|batch)\.(\w+)/.exec(before) ?? [];
      if (kind === undefined || still.includes(name)) continue;
      const [, next] = /`(?:mask|image|batch)\.(\w+)/.exec(now) ?? [];
      const batch = on[kind as keyof typeof on];
      expect(name in batch, before).toBe(false);
      if (next) expect(next in batch, now).toBe(true);
      told++;
    }
    expect(told).toBeGreaterThan(9);
  });

  it('of fading name the year whose ramps are meant, as they did when it was an option', async () => {
    const inputs = [{ name: 'mask', kind: 'mask', dtype: 'float32', shape: [1, 2, 3] }] as const;
    const faded = (params: object, more = {}) =>
      fingerprint({
        chromask: 2,
        ...more,
        inputs,
        steps: [{ op: 'fadeEdges', params: { left: 2, ...params }, inputs: [0] }],
        output: 1,
      });
    const [today, before] = [
      '6ee8e36e8b5db582043995507ae2aef03792684f3d28bf71371fbab70f8cbb48',
      '8ceea2972c78726239e08585cd8d1f67c5b72672ce9040fac719f03a032f8f03',
    ];
    expect(await faded({})).toBe(today);
    expect(await faded({ compat: 'comfy-2026' })).toBe(today);
    expect(await faded({ compat: 'comfy-2025' })).toBe(before);
    expect(await faded({}, { compat: 'comfy-2025' })).toBe(before);
  });

  it('know workflows', async () => {
    const graph = { '1': { class_type: 'SolidMask', inputs: { width: 4, height: 2, value: 0.5 } } };
    const turned = { '1': { inputs: { value: 0.5, height: 2, width: 4 }, class_type: 'SolidMask' } };
    const name = await fingerprint({ chromask: 1, inputs: [], workflow: graph });
    expect(await fingerprint({ workflow: turned, inputs: [], chromask: 1 })).toBe(name);
    expect(await fingerprint({ chromask: 1, inputs: [], workflow: graph, compat: 'comfy-2025' })).not.toBe(name);
  });

  it('are SHA-256 as others compute it', () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
      const bytes = noise(length);
      expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });
});

describe('the ramps of 2025', () => {
  const inputs = [{ name: 'mask', kind: 'mask' }] as const;
  const step = (params: object): RecipeData['steps'] => [{ op: 'fadeEdges', params: { ...params }, inputs: [0] }];

  it('are those that PyTorch gives for the loops of that node', async () => {
    for (const {
      options,
      shapes,
      inputs: [data],
      expected,
    } of feathered.cases) {
      const floats = (text: string) => new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);
      const mask = device.mask(floats(data), shapes[0]);
      const ways: RecipeData[] = [
        { chromask: 2, inputs, steps: step({ ...options, compat: 'comfy-2025' }), output: 1 },
        { chromask: 2, compat: 'comfy-2025', inputs, steps: step(options), output: 1 },
      ];
      for (const way of ways) expect(await (await device.run(way, { mask })).data()).toEqual(floats(expected));
      const [node] = await runNode(device, 'FeatherMask', { mask, ...options }, { compat: 'comfy-2025' });
      expect(await (node as MaskBatch).data()).toEqual(floats(expected));
    }
  });

  it('are asked for by a year that recipes know', async () => {
    const mask = device.mask(new Float32Array(4), [2, 2]);
    const run = (params: object) => device.run({ chromask: 2, inputs, steps: step(params), output: 1 }, { mask });
    await expect(run({ compat: 'comfy-2024' })).rejects.toThrow('recipe: steps[0].fadeEdges: compat must be one of');
    expect(() => mask.fadeEdges({ compat: 'comfy-2025' } as object)).toThrow('there is no parameter "compat"');
  });
});

describe('workflows', () => {
  const graph = {
    '1': { class_type: 'LoadImage', inputs: { image: 'a.png' } },
    '2': { class_type: 'InvertMask', inputs: { mask: ['1', 1] } },
    '3': { class_type: 'GrowMask', inputs: { mask: ['2', 0], expand: 2, tapered_corners: true } },
    '4': { class_type: 'ThresholdMask', inputs: { mask: ['2', 0], value: 0.5 } },
  };
  const file = { data: noise(5 * 4 * 4), width: 5, height: 4 };

  it('are recipes whose inputs are files', async () => {
    const recipe = await workflowRecipe(graph, { output: { id: '3' } });
    expect(recipe.inputs).toEqual([{ name: 'a.png', kind: 'file' }]);
    const mask = await runRecipe(device, JSON.parse(JSON.stringify(recipe)), { 'a.png': file });
    const { masks } = await runWorkflow(device, graph, { files: { 'a.png': file }, only: ['3'] });
    expect(await mask.data()).toEqual(await masks[0].mask.data());
  });

  it('must say which of their masks is meant, and be given their files', async () => {
    const recipe = await workflowRecipe(graph);
    await expect(runRecipe(device, recipe, { 'a.png': file })).rejects.toMatchObject({ code: 'bad-argument' });
    await expect(runRecipe(device, recipe)).rejects.toMatchObject({ code: 'missing' });
    await expect(runRecipe(device, { ...recipe, chromask: 9 }, {})).rejects.toMatchObject({ code: 'bad-format' });
  });

  it('run beside recipes of steps', async () => {
    const image = picture();
    const mask = await runRecipe(device, image.channel('red').recipe(), { image });
    expect(await mask.bytes()).toEqual(await image.channel('red').bytes());
  });
});

class Ring {
  next = this;
}

describe('hostile recipes', () => {
  const good = { chromask: 1, inputs: [{ name: 'image', kind: 'image' }], steps: [], output: 0 };
  const red = { op: 'channel', params: { name: 'red' }, inputs: [0] };
  const bad: Record<string, unknown> = {
    nothing: null,
    text: '{"chromask":1}',
    'a list': [],
    'a wrong version': { ...good, chromask: 3 },
    'no version': { ...good, chromask: undefined },
    'an unknown key': { ...good, also: 1 },
    'an own __proto__': JSON.parse('{"chromask":1,"inputs":[],"steps":[],"output":0,"__proto__":{"x":1}}'),
    'an unknown operation': { ...good, steps: [{ op: 'nope', inputs: [0] }] },
    'an operation of the prototype': { ...good, steps: [{ op: 'constructor', inputs: [0] }] },
    'an operation called __proto__': { ...good, steps: [{ op: '__proto__', inputs: [0] }] },
    'an unknown method': { ...good, steps: [{ op: 'dispose', inputs: [0] }] },
    'a step inside': { ...good, steps: [{ op: 'match', params: { color: 1 }, inputs: [0] }] },
    'a parameter called __proto__': {
      ...good,
      steps: [{ ...red, params: JSON.parse('{"name":"red","__proto__":1}') }],
    },
    'an unknown parameter': { ...good, steps: [{ ...red, params: { nam: 'red' } }] },
    'a value out of range': { ...good, steps: [red, { op: 'threshold', params: { value: 2 }, inputs: [1] }] },
    'a reference to itself': { ...good, steps: [{ ...red, inputs: [1] }] },
    'a reference forward': { ...good, steps: [{ ...red, inputs: [2] }, red] },
    'a reference that is no number': { ...good, steps: [{ ...red, inputs: ['0'] }] },
    'a negative reference': { ...good, steps: [{ ...red, inputs: [-1] }] },
    'a picture for a mask': { ...good, steps: [{ op: 'invert', inputs: [0] }] },
    'too few inputs': { ...good, steps: [red, { op: 'multiply', inputs: [1] }] },
    'an empty cat': { ...good, steps: [{ op: 'cat', inputs: [] }] },
    'an output that no step makes': { ...good, output: 1 },
    'two inputs of one name': { ...good, inputs: [...good.inputs, ...good.inputs] },
    'an input called __proto__': { ...good, inputs: [{ name: '__proto__', kind: 'image' }] },
    'a long name': { ...good, inputs: [{ name: 'x'.repeat(201), kind: 'image' }] },
    'a list too long': { ...good, steps: { length: 2 ** 31 } },
    'a sparse list': { ...good, steps: new Array(9_999) },
    'a list of millions': { ...good, steps: new Array(4_000_000).fill(red) },
    'an unknown compat': { ...good, compat: 'comfy-1999' },
  };
  for (const [name, recipe] of Object.entries(bad)) {
    it(`${name}: a typed error`, async () => {
      const inputs = { image: picture() };
      const typed = { name: 'ChromaskError', code: expect.stringMatching(/^(bad-argument|bad-format|limit)$/) };
      await expect(device.run(recipe as RecipeData, inputs)).rejects.toMatchObject(typed);
      await expect(fingerprint(recipe as RecipeData)).rejects.toMatchObject(typed);
    });
  }

  it('batches that double with every step end in an error', async () => {
    const steps = Array.from({ length: 100 }, (_, i) => ({ op: 'cat', inputs: [i, i] }));
    const recipe = { ...good, inputs: [{ name: 'image', kind: 'image' as const }], steps, output: 100 };
    await expect(device.run(recipe, { image: picture() })).rejects.toMatchObject({ code: 'limit' });
  });

  it('inputs that are missing, of another kind, device, or too many', async () => {
    const recipe = { ...good, steps: [red], output: 1 } as RecipeData;
    const other = await open({ device: 'wasm' });
    const foreign = other.image(noise(4), [1, 1, 1, 4]);
    await expect(device.run(recipe, {})).rejects.toMatchObject({ code: 'missing' });
    for (const inputs of [
      { image: picture().channel('red') },
      { image: foreign },
      { image: picture(), two: picture() },
    ]) {
      await expect(device.run(recipe, inputs as never)).rejects.toMatchObject({ code: 'bad-argument' });
    }
  });

  it('workflows that runRecipe refuses have no fingerprint either, and every error is typed', async () => {
    const graph = { '1': { class_type: 'SolidMask', inputs: { width: 4, height: 2, value: 0.5 } } };
    const good = { chromask: 1, workflow: graph, inputs: [] };
    const wrong: Record<string, unknown> = {
      'no inputs': { chromask: 1, workflow: {} },
      'inputs that are nothing': { ...good, inputs: [null] },
      'inputs that are pictures': { ...good, inputs: [{ name: 'a', kind: 'image' }] },
      'too many inputs': { ...good, inputs: new Array(1001).fill({ name: 'a', kind: 'file' }) },
      'an output that is no object': { ...good, output: '1' },
      'an output without an id': { ...good, output: { slot: 0 } },
      'an output whose slot is nothing': { ...good, output: { id: '1', slot: null } },
      'a number for the graph': { ...good, workflow: 5 },
      'a bigint in the graph': { ...good, workflow: { a: 5n } },
      'a date in the graph': { ...good, workflow: { a: new Date(Number.NaN) } },
      'a function in the graph': { ...good, workflow: { a: () => 1 } },
      'an instance that holds itself': { ...good, workflow: { a: new Ring() } },
    };
    await expect(runRecipe(device, good)).resolves.toBeDefined();
    await expect(fingerprint(good)).resolves.toMatch(/^[0-9a-f]{64}$/);
    for (const [name, recipe] of Object.entries(wrong)) {
      const typed = { name: 'ChromaskError', code: 'bad-argument' };
      await expect(fingerprint(recipe as RecipeData), name).rejects.toMatchObject(typed);
      await expect(runRecipe(device, recipe as RecipeData), name).rejects.toMatchObject({ name: 'ChromaskError' });
    }
  });

  it('a workflow that is nested without end', async () => {
    let deep: object = {};
    for (let i = 0; i < 100_000; i++) deep = { deep };
    const recipe = { chromask: 1, inputs: [], workflow: { deep } };
    await expect(fingerprint(recipe)).rejects.toMatchObject({ code: 'limit' });
  });
});
