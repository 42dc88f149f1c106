import { type MaskBatch, open } from 'chromask';
import { nodes, runNode, runWorkflow } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';
import { endings, toSaved } from './graphs.js';
import { numbers, type Sketch, toApi } from './sketch.js';

const device = await open({ device: 'wasm' });

/** 12 x 9, all channels different, alpha too. */
const shape = [1, 9, 12, 4];
const bytes = Uint8Array.from({ length: 9 * 12 * 4 }, (_, i) => (i * 37 + (i >> 3) * 11) % 256);
const picture = { data: bytes, shape };
const files = { 'a.png': picture };
const image = device.image(bytes, shape);
const soft = image.channel('green').as('float32');
const rgb = image.removeAlpha();

const source = { a: { type: 'LoadImage', in: { image: 'a.png' } } };
const mask = { ...source, m: { type: 'ImageToMask', in: { image: ['a', 0], channel: 'green' } } };

async function same(sketch: Sketch, expected: MaskBatch): Promise<void> {
  const wanted = await expected.data();
  for (const given of await endings(device, sketch, { files })) expect(given).toEqual(wanted);
}

describe('a workflow gives what its nodes give, in the API format and as the front end saves it', () => {
  it('LayerMask ImageToMask with widgets ["V(YUV)", 18, 80, 1, false], fed by a mask', async () => {
    const node = {
      image: ['a', 0],
      channel: 'V(YUV)',
      black_point: 18,
      white_point: 80,
      gray_point: 1,
      invert_output_mask: false,
    };
    const sketch = { ...mask, n: { type: 'LayerMask: ImageToMask', in: { ...node, mask: ['m', 0] } } };
    const saved = toSaved(sketch).nodes.find(({ id }) => id === 'n');
    expect(saved?.widgets_values).toEqual(['V(YUV)', 18, 80, 1, false]);
    const toned = rgb.channel('V(YUV)').normalize().levels({ black: 18, white: 80 });
    await same(sketch, toned.multiply(soft.as('uint8')));
  });

  const cases: [string, Record<string, unknown>, () => MaskBatch][] = [
    ['InvertMask', { mask: ['m', 0] }, () => soft.invert()],
    [
      'CropMask',
      { mask: ['m', 0], x: 3, y: 2, width: 4, height: 20 },
      () => soft.crop({ x: 3, y: 2, width: 4, height: 7 }),
    ],
    [
      'MaskComposite',
      { destination: ['m', 0], source: ['a', 1], x: 5, y: 1, operation: 'xor' },
      () => soft.composite(image.channel('alpha').as('float32').invert(), { x: 5, y: 1, operation: 'xor' }),
    ],
    [
      'FeatherMask',
      { mask: ['m', 0], left: 3, top: 0, right: 4, bottom: 9 },
      () => soft.fadeEdges({ left: 3, right: 4, bottom: 9 }),
    ],
    [
      'GrowMask',
      { mask: ['m', 0], expand: -2, tapered_corners: false },
      () => soft.grow({ expand: -2, shape: 'square' }),
    ],
    ['ThresholdMask', { mask: ['m', 0], value: 0.37 }, () => soft.threshold({ value: 0.37 })],
    ['SelectNthMask __Inspire', { masks: ['m', 0], idx: 0 }, () => soft],
    ['ImageColorToMask', { image: ['a', 0], color: 0x0b305a }, () => rgb.selectColor({ color: 0x0b305a })],
    ['SolidMask', { value: 0.25, width: 5, height: 4 }, () => device.solid({ value: 0.25, width: 5, height: 4 })],
    ['Image to Latent Mask', { images: ['a', 0], channel: 'red' }, () => image.channel('red')],
    ['LoadImageMask', { image: 'a.png', channel: 'blue' }, () => image.channel('blue')],
    ['LoadImageMask', { image: 'a.png', channel: 'alpha' }, () => image.channel('alpha').as('float32').invert()],
  ];
  for (const [type, inputs, expected] of cases) {
    it(`${type} with ${JSON.stringify(inputs)}`, async () => {
      // a mask that nothing reads would be one more ending
      const base = JSON.stringify(inputs).includes('"m"') ? mask : source;
      await same({ ...base, n: { type, in: inputs }, p: { type: 'MaskPreview', in: { mask: ['n', 0] } } }, expected());
    });
  }

  it('GrowMask, FeatherMask and MaskComposite in a chain', async () => {
    const sketch: Sketch = {
      ...mask,
      g: { type: 'GrowMask', in: { mask: ['m', 0], expand: 2, tapered_corners: true } },
      f: { type: 'FeatherMask', in: { mask: ['g', 0], left: 2, top: 2, right: 2, bottom: 2 } },
      c: { type: 'MaskComposite', in: { destination: ['f', 0], source: ['m', 0], x: 0, y: 0, operation: 'subtract' } },
    };
    const feathered = soft.grow({ expand: 2 }).fadeEdges({ left: 2, top: 2, right: 2, bottom: 2 });
    await same(sketch, feathered.composite(soft, { operation: 'subtract' }));
  });

  it('JoinImageWithAlpha after ImageToMask, saved as a picture', async () => {
    const sketch: Sketch = {
      ...mask,
      j: { type: 'JoinImageWithAlpha', in: { image: ['a', 0], alpha: ['m', 0] } },
      s: { type: 'SaveImage', in: { images: ['j', 0], filename_prefix: 'cut out' } },
    };
    const expected = await rgb.as('float32').withAlpha(soft.invert()).bytes();
    for (const graph of [toApi(sketch), toSaved(sketch)]) {
      const { outputs, masks } = await runWorkflow(device, graph, { files });
      expect(Object.keys(outputs)).toEqual(['s']);
      expect(outputs.s.filename_prefix).toBe('cut out');
      expect(await outputs.s.image.bytes()).toEqual(expected);
      expect(masks).toEqual([]);
    }
  });

  it('MaskToImage, SplitImageWithAlpha, previews and colours, the same in both formats', async () => {
    const sketch: Sketch = {
      ...mask,
      i: { type: 'MaskToImage', in: { mask: ['m', 0] } },
      v: { type: 'PreviewImage', in: { images: ['i', 0] } },
      s: { type: 'SplitImageWithAlpha', in: { image: ['i', 0] } },
      q: { type: 'MaskPreview', in: { mask: ['s', 1] } },
      k: { type: 'ColorMapToMasks __Inspire', in: { color_map: ['s', 0], min_pixels: 1, max_count: 3 } },
    };
    const [api, saved] = await Promise.all(
      [toApi(sketch), toSaved(sketch)].map(async (graph) => numbers(await runWorkflow(device, graph, { files }))),
    );
    expect(saved).toEqual(api);
    expect(Object.keys(api).sort()).toEqual(Object.keys(sketch).sort());
    expect(api.v).toEqual([await soft.as('uint8').toGray().data()]);
  });

  it('SetLatentNoiseMask of a latent that the caller gives', async () => {
    const sketch: Sketch = {
      ...mask,
      v: { type: 'VAEEncode', in: { pixels: ['a', 0] } },
      s: { type: 'SetLatentNoiseMask', in: { samples: ['v', 0], mask: ['m', 0] } },
      k: { type: 'KSampler', in: { latent_image: ['s', 0] } },
    };
    const samples = { dims: [1, 4, 1, 1], data: new Float32Array(4) };
    for (const graph of [toApi(sketch), toSaved(sketch)]) {
      const { masks, values } = await runWorkflow(device, graph, { files, unsupported: () => [{ samples }] });
      expect(masks.map(({ id, name }) => [id, name])).toEqual([['s', 'LATENT']]);
      expect(await masks[0].mask.data()).toEqual(await soft.data());
      expect(values.s[0]).toMatchObject({ samples });
    }
  });

  it('there is every node of the first release', async () => {
    const first = [
      ...cases.map(([type]) => type),
      'LoadImage',
      'MaskToImage',
      'SplitImageWithAlpha',
      'JoinImageWithAlpha',
    ];
    const more = [
      'LayerMask: ImageToMask',
      'SetLatentNoiseMask',
      'PreviewImage',
      'SaveImage',
      'MaskPreview',
      'ImageToMask',
    ];
    expect(Object.keys(await nodes())).toEqual(expect.arrayContaining([...first, ...more]));
  });
});

describe('a run', () => {
  it('runs each node once, shares what it gives and tells how far it is', async () => {
    const sketch: Sketch = { ...mask };
    for (let i = 0; i < 5; i++) sketch[`i${i}`] = { type: 'InvertMask', in: { mask: ['m', 0] } };
    const seen: string[] = [];
    const { values, masks } = await runWorkflow(device, toApi(sketch), {
      files,
      onProgress: ({ id, done, total }) => seen.push(`${id} ${done}/${total}`),
    });
    expect(seen.slice(0, 2)).toEqual(['a 1/7', 'm 2/7']);
    expect(seen.length).toBe(7);
    expect(Object.keys(values).length).toBe(7);
    expect(masks.length).toBe(5);
  });

  it('computes nothing that is not read', async () => {
    const { masks } = await runWorkflow(device, toApi(mask), { files });
    expect(masks[0].mask.location).toBe('pending');
  });

  it('leaves out what does not lead to a mask or a picture', async () => {
    const { values } = await runWorkflow(
      device,
      toApi({ ...mask, b: { type: 'LoadImage', in: { image: 'gone.png' } } }),
      { files },
    );
    expect(Object.keys(values)).toEqual(['a', 'm']);
  });

  it('can be asked for some nodes only', async () => {
    const sketch = { ...mask, i: { type: 'InvertMask', in: { mask: ['m', 0] } } };
    const { values, masks } = await runWorkflow(device, toApi(sketch), { files, only: ['m'] });
    expect(Object.keys(values)).toEqual(['a', 'm']);
    expect(masks.map(({ id }) => id)).toEqual(['m']);
    await expect(runWorkflow(device, toApi(sketch), { files, only: ['x'] })).rejects.toThrow('only must name nodes');
  });

  it('takes values and batches in the place of its own', async () => {
    const graph = toApi({ ...mask, t: { type: 'ThresholdMask', in: { mask: ['m', 0], value: 0.5 } } });
    const { masks } = await runWorkflow(device, graph, {
      inputs: { a: { image }, m: { channel: 'red' }, t: { value: 0.2 } },
    });
    const expected = await image.channel('red').as('float32').threshold({ value: 0.2 }).data();
    expect(await masks[0].mask.data()).toEqual(expected);
    await expect(runWorkflow(device, graph, { inputs: { a: { pictures: image } } })).rejects.toThrow('among image');
    await expect(runWorkflow(device, graph, { inputs: { z: {} } })).rejects.toThrow('there is no node "z"');
  });

  it('reads values that are given as it reads its own', async () => {
    const graph = toApi({
      ...mask,
      g: { type: 'GrowMask', in: { mask: ['m', 0], expand: 1, tapered_corners: true } },
      l: { type: 'LoadImageMask', in: { image: 'gone.png', channel: 'red' } },
      s: { type: 'SaveImage', in: { images: ['a', 0], filename_prefix: 'x' } },
      n: { type: 'LayerMask: ImageToMask', in: { image: ['a', 0], channel: 'alpha', mask: ['m', 0] } },
    });
    const expected = await soft.grow({ expand: 3, shape: 'square' }).data();
    for (const expand of ['3', 3.9, 3n, 3]) {
      const { masks, outputs } = await runWorkflow(device, graph, {
        files,
        inputs: {
          g: { expand, tapered_corners: 0 },
          l: { image: 'a.png' },
          s: { filename_prefix: undefined },
          n: { mask: null },
        },
      });
      const found = masks.find(({ id }) => id === 'g');
      expect(await found?.mask.data()).toEqual(expected);
      expect(masks.map(({ id }) => id)).toEqual(expect.arrayContaining(['l', 'n']));
      expect(outputs.s.filename_prefix).toBe('ComfyUI');
    }
    const gone = runWorkflow(device, graph, { files, inputs: { l: { image: 'none.png' } } });
    await expect(gone).rejects.toThrow('node l (LoadImageMask), image: there is no picture "none.png"');
  });

  it('finds files by the names that workflows write', async () => {
    const name = 'clipspace/a.png [input]';
    const graph = toApi({ ...mask, a: { type: 'LoadImage', in: { image: name } } });
    const asked: string[] = [];
    const ask = (one: string): unknown => {
      asked.push(one);
      return picture;
    };
    for (const given of [files, new Map([['a.png', picture]]), ask]) {
      expect((await runWorkflow(device, graph, { files: given })).masks.length).toBe(1);
    }
    expect(asked).toEqual([name]);
    await expect(runWorkflow(device, graph, { files: {} })).rejects.toThrow(
      `node a (LoadImage), image: there is no picture`,
    );
    await expect(runWorkflow(device, graph, { files: () => undefined })).rejects.toThrow('there is no picture');
  });

  it('stops when its signal says so', async () => {
    const control = new AbortController();
    const reason = new Error('enough');
    const run = runWorkflow(device, toApi(mask), {
      files,
      signal: control.signal,
      onProgress: () => control.abort(reason),
    });
    await expect(run).rejects.toBe(reason);
    await expect(runWorkflow(device, toApi(mask), { files, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('stops at once though its files are never given, and gives its signal to who is asked for them', async () => {
    const control = new AbortController();
    const reason = new Error('enough');
    const asked: unknown[] = [];
    const never = (...given: unknown[]): Promise<never> => {
      asked.push(...given);
      setTimeout(() => control.abort(reason), 5);
      return new Promise(() => {});
    };
    const { signal } = control;
    await expect(runWorkflow(device, toApi(mask), { files: never, signal })).rejects.toBe(reason);
    expect(asked).toEqual(['a.png', { signal }]);
  });

  it('passes compat on to its nodes', async () => {
    const graph = toApi({ ...mask, f: { type: 'FeatherMask', in: { mask: ['m', 0], right: 5 } } });
    const { masks } = await runWorkflow(device, graph, { files, compat: 'comfy-2025' });
    const [faded] = await runNode(device, 'FeatherMask', { mask: soft, right: 5 }, { compat: 'comfy-2025' });
    expect(await masks[0].mask.data()).toEqual(await (faded as MaskBatch).data());
  });

  it('of 5,000 nodes in a chain needs no deep recursion, in either format', async () => {
    const sketch: Sketch = { m0: { type: 'SolidMask', in: { value: 0.25, width: 3, height: 2 } } };
    for (let i = 1; i < 5000; i++) sketch[`m${i}`] = { type: 'InvertMask', in: { mask: [`m${i - 1}`, 0] } };
    for (const graph of [toApi(sketch), toSaved(sketch)]) {
      const { masks } = await runWorkflow(device, graph);
      expect(masks.length).toBe(1);
      expect([...(await masks[0].mask.data())]).toEqual(Array(6).fill(0.75));
    }
  });

  it('gives what runNode gives for the same inputs', async () => {
    const { values } = await runWorkflow(device, toApi(source), { files, only: ['a'] });
    const [pictures, masks] = await runNode(device, 'LoadImage', { image });
    expect(await (values.a[0] as MaskBatch).data()).toEqual(await pictures.data());
    expect(await (values.a[1] as MaskBatch).data()).toEqual(await masks.data());
  });
});
