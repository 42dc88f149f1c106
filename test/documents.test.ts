// Documents: a recipe with its hand-made masks and a fingerprint. They open to the same numbers or are refused.
import { type Device, type DocumentData, type ImageBatch, MaskBatch, open, openDocument, saveDocument } from 'chromask';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise } from './noise.js';

let device: Device;
beforeAll(async () => {
  device = await open({ device: 'wasm' });
});

const picture = (): ImageBatch => device.image(noise(6 * 5 * 4, 3), [1, 5, 6, 4]);
const drawn = (): MaskBatch => device.mask(Uint8Array.of(0, 0, 0, 7, 255, 255), [2, 3]);
const soft = (): MaskBatch => device.mask(Float32Array.of(-1.5, 0, 0.1, Number.NaN, Infinity, 2), [2, 3]);
const throughText = (document: DocumentData): DocumentData => JSON.parse(JSON.stringify(document));

describe('recipe({ inputs })', () => {
  it('refuses names of what it is not made from, at once', () => {
    const photo = picture();
    const red = photo.channel('red');
    const unused = { code: 'bad-argument', message: expect.stringContaining('"other"') };
    for (const ask of ['recipe', 'sources'] as const) {
      expect(() => red[ask]({ inputs: { photo, other: picture() } })).toThrow(expect.objectContaining(unused));
      // one batch under two names: only one of them could be used
      expect(() => red[ask]({ inputs: { other: photo, photo } })).toThrow(expect.objectContaining(unused));
      // what lies before an input is no part of the recipe
      expect(() => red.invert()[ask]({ inputs: { red, other: photo } })).toThrow(expect.objectContaining(unused));
    }
    expect(red.recipe({ inputs: { red } }).steps).toEqual([]);
  });
});

describe('sources()', () => {
  it('gives the batches of the inputs, in order, with any names', async () => {
    const [photo, one, two] = [picture(), drawn(), drawn()];
    const made = one.composite(photo.channel('red'), { x: 1, y: 0 }).max(two);
    for (const options of [{}, { inputs: { two } }]) {
      const sources = made.sources(options);
      const { inputs } = made.recipe(options);
      expect(sources.map(({ name }) => name)).toEqual(inputs.map(({ name }) => name));
      expect(new Set(sources.map(({ batch }) => batch))).toEqual(new Set([photo, one, two]));
      const again = await device.run(
        made.recipe(options),
        Object.fromEntries(sources.map(({ name, batch }) => [name, batch])),
      );
      expect(await again.bytes()).toEqual(await made.bytes());
    }
    expect(made.sources({ inputs: { two } })[0]).toEqual({ name: 'two', batch: two });
    expect(device.solid({ width: 4, height: 4 }).sources()).toEqual([]);
    expect(one.sources()).toEqual([{ name: 'mask', batch: one }]);
  });

  it('takes what recipe takes, and nothing else', () => {
    const mask = drawn();
    expect(() => mask.sources({ input: {} } as never)).toThrow(expect.objectContaining({ code: 'bad-argument' }));
    expect(() => mask.sources({ inputs: { a: 1 } } as never)).toThrow(
      expect.objectContaining({ code: 'bad-argument' }),
    );
    mask.dispose();
    expect(() => mask.sources()).toThrow(expect.objectContaining({ code: 'disposed' }));
  });
});

describe('documents', () => {
  it('hold masks as runs, floats as base64, and pictures by name', async () => {
    const photo = picture();
    const made = drawn().composite(photo.channel('red'), { x: 1, y: 0 }).max(soft());
    const document = await saveDocument(made, { inputs: { photo } });
    expect(Object.keys(document)).toEqual(['document', 'recipe', 'masks', 'fingerprint']);
    const texts = document.recipe.inputs.map(({ name }) => document.masks[name]);
    expect(texts).toEqual([
      undefined,
      {
        runs: [
          [0, 3],
          [7, 1],
          [255, 2],
        ],
      },
      // python3: base64.b64encode(struct.pack('<6f', -1.5, 0, 0.1, nan, inf, 2))
      { base64: 'AADAvwAAAADNzMw9AADAfwAAgH8AAABA' },
    ]);
    expect(document.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    const again = await openDocument(device, throughText(document), { inputs: { photo } });
    expect(again).toBeInstanceOf(MaskBatch);
    expect(await again.data()).toEqual(await made.data());
    const other = device.image(noise(6 * 5 * 4, 9), [1, 5, 6, 4]);
    const there = await openDocument(device, throughText(document), { inputs: { photo: other } });
    const expected = drawn().composite(other.channel('red'), { x: 1, y: 0 }).max(soft());
    expect(await there.data()).toEqual(await expected.data());
  });

  it('keep every bit of a mask that nothing was done with', async () => {
    const bytes = noise(3 * 7 * 5, 1);
    const several = await openDocument(device, throughText(await saveDocument(device.mask(bytes, [3, 7, 5]))));
    expect([several.dtype, several.shape]).toEqual(['uint8', [3, 7, 5]]);
    expect(await several.bytes()).toEqual(bytes);
    const floats = await openDocument(device, throughText(await saveDocument(soft())));
    expect(floats.dtype).toBe('float32');
    expect(await floats.data()).toEqual(await soft().data());
  });

  it('are made in another device and opened in this one', async () => {
    const other = await open({ device: 'wasm' });
    const document = throughText(await saveDocument(other.mask(Uint8Array.of(1, 2), [1, 2]).invert()));
    other.close();
    expect([...(await (await openDocument(device, document)).bytes())]).toEqual([254, 253]);
  });

  it('leave out a mask that is named: it is given when they are opened', async () => {
    const matte = drawn();
    const document = await saveDocument(matte.invert(), { inputs: { matte } });
    expect(document.masks).toEqual({});
    await expect(openDocument(device, document)).rejects.toMatchObject({ code: 'missing' });
    expect(await (await openDocument(device, document, { inputs: { matte } })).bytes()).toEqual(
      await matte.invert().bytes(),
    );
  });

  it('have one fingerprint for one work', async () => {
    const mark = async (mask: MaskBatch): Promise<string> => (await saveDocument(mask)).fingerprint;
    const marks = await Promise.all(
      [
        drawn(),
        drawn().invert(),
        device.mask(Uint8Array.of(0, 0, 0, 7, 255, 255), [3, 2]),
        device.mask(Uint8Array.of(0, 0, 0, 7, 255, 254), [2, 3]),
        soft(),
      ].map(mark),
    );
    expect(new Set(marks).size).toBe(marks.length);
    expect(await mark(drawn())).toBe(marks[0]);
  });

  it('hold small masks: larger ones are to be named', async () => {
    const limit = { code: 'limit', message: expect.stringContaining('inputs') };
    await expect(saveDocument(device.mask(noise(300_000, 1), [300, 1000]))).rejects.toMatchObject(limit);
    await expect(saveDocument(device.mask(new Float32Array(2 ** 18 + 1), [1, 2 ** 18 + 1]))).rejects.toMatchObject(
      limit,
    );
    await expect(saveDocument(device.mask(new Uint8Array(2 ** 24 + 4096), [4097, 4096]))).rejects.toMatchObject(limit);
    const even = device.mask(new Uint8Array(2 ** 22), [2048, 2048]);
    expect(JSON.stringify(await saveDocument(even)).length).toBeLessThan(1000);
  });

  it('are made of batches that are there, with options that are known', async () => {
    const bad = { code: 'bad-argument' };
    await expect(saveDocument({} as never)).rejects.toMatchObject(bad);
    await expect(saveDocument(drawn(), { input: {} } as never)).rejects.toMatchObject(bad);
    await expect(saveDocument(drawn(), { inputs: { x: picture() } })).rejects.toMatchObject(bad);
    await expect(saveDocument(drawn(), { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    const gone = drawn();
    const made = gone.invert();
    gone.dispose();
    await expect(saveDocument(made)).rejects.toMatchObject({ code: 'disposed' });
    const document = await saveDocument(drawn());
    await expect(openDocument({} as never, document)).rejects.toMatchObject(bad);
    await expect(openDocument(device, document, { input: {} } as never)).rejects.toMatchObject(bad);
    await expect(openDocument(device, document, { inputs: 1 } as never)).rejects.toMatchObject(bad);
    // the document has this one itself
    await expect(openDocument(device, document, { inputs: { mask: drawn() } })).rejects.toMatchObject(bad);
    const signal = AbortSignal.abort();
    await expect(openDocument(device, document, { signal })).rejects.toMatchObject({ name: 'AbortError' });
    const closed = await open({ device: 'wasm' });
    closed.close();
    await expect(openDocument(closed, document)).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('hostile documents', () => {
  type Loose = { -readonly [K in keyof DocumentData]: unknown };
  const runs = (list: unknown) => (document: Loose) => ({ ...document, masks: { mask: { runs: list } } });
  const sides =
    (shape: unknown, dtype: unknown = 'uint8') =>
    (document: Loose): Loose => {
      const recipe = structuredClone(document.recipe) as { inputs: object[] };
      Object.assign(recipe.inputs[0], { shape, dtype });
      return { ...document, recipe };
    };
  const format = /^bad-format$/;
  const wrong: Record<string, [(document: Loose) => unknown, RegExp]> = {
    nothing: [() => null, format],
    'its text': [(document) => JSON.stringify(document), format],
    'a list': [() => [], format],
    'a recipe alone': [(document) => document.recipe, format],
    'another version': [(document) => ({ ...document, document: 2 }), format],
    'an unknown key': [(document) => ({ ...document, also: 1 }), format],
    'no fingerprint': [({ fingerprint, ...rest }) => rest, format],
    'another fingerprint': [(document) => ({ ...document, fingerprint: '0'.repeat(64) }), format],
    'another recipe': [(document) => ({ ...document, recipe: { ...(document.recipe as object), output: 0 } }), format],
    'another value': [
      runs([
        [0, 3],
        [8, 1],
        [255, 2],
      ]),
      format,
    ],
    'another shape': [sides([1, 3, 2]), format],
    'another type': [sides([1, 2, 3], 'float32'), format],
    'no shape': [sides(undefined), format],
    'no type': [sides([1, 2, 3], null), /^bad-argument$/],
    'masks that are a list': [(document) => ({ ...document, masks: [] }), format],
    'a mask that no input names': [(document) => ({ ...document, masks: { other: { runs: [[0, 1]] } } }), format],
    'an own __proto__': [(document) => ({ ...document, masks: JSON.parse('{"__proto__":{"runs":[]}}') }), format],
    'a mask that is nothing': [(document) => ({ ...document, masks: { mask: null } }), format],
    'a mask with two texts': [(document) => ({ ...document, masks: { mask: { runs: [], base64: '' } } }), format],
    'floats for bytes': [(document) => ({ ...document, masks: { mask: { base64: 'AAAA' } } }), format],
    'runs that are text': [runs('[]'), format],
    'too few': [runs([[0, 5]]), format],
    'too many': [runs([[0, 7]]), format],
    billions: [runs([[0, 2 ** 53]]), format],
    'a run of nothing': [
      runs([
        [0, 6],
        [1, 0],
      ]),
      format,
    ],
    'a negative run': [
      runs([
        [0, 8],
        [1, -2],
      ]),
      format,
    ],
    'a value that is no byte': [runs([[256, 6]]), format],
    'a broken value': [runs([[0.5, 6]]), format],
    'a run of one': [runs([[6]]), format],
    'a sparse list': [runs(new Array(9)), format],
    'millions of runs': [runs(new Array(2_000_000).fill([0, 1])), /^limit$/],
    'a mask of exabytes': [sides([2 ** 20, 2 ** 20, 2 ** 20]), /^limit$/],
    'a large mask in one run': [(document) => runs([[0, 2 ** 30]])(sides([1, 2 ** 15, 2 ** 15])(document)), /^limit$/],
    'a recipe of millions': [
      (document) => ({ ...document, recipe: { ...(document.recipe as object), steps: new Array(4_000_000) } }),
      /^bad-argument$/,
    ],
  };
  for (const [name, [spoil, code]] of Object.entries(wrong)) {
    it(`${name}: a typed error`, async () => {
      const document = throughText(await saveDocument(drawn().invert()));
      const typed = { name: 'ChromaskError', code: expect.stringMatching(code) };
      await expect(openDocument(device, spoil({ ...document }) as DocumentData)).rejects.toMatchObject(typed);
    });
  }

  it('floats whose text is none, too short, too long or too large', async () => {
    const document = throughText(await saveDocument(soft()));
    const { base64 = '' } = document.masks.mask as { base64?: string };
    for (const text of ['', base64.slice(4), `${base64}AAAA`, base64.replace('A', '!'), `${base64.slice(0, -1)}=`, 7]) {
      const spoilt = { ...document, masks: { mask: { base64: text } } } as DocumentData;
      await expect(openDocument(device, spoilt), String(text)).rejects.toMatchObject({ code: 'bad-format' });
    }
    const large: Loose = sides([1, 2 ** 12, 2 ** 12], 'float32')({ ...document });
    await expect(openDocument(device, large as DocumentData)).rejects.toMatchObject({ code: 'limit' });
  });
});
