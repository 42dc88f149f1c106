import { ChromaskError, open } from 'chromask';
import { runWorkflow, type UnknownNode, WorkflowError } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';

const device = await open({ device: 'wasm' });
const image = device.image(new Uint8Array(12), [1, 2, 2, 3]);
const files = { 'a.png': image };

const solid = { class_type: 'SolidMask', inputs: { value: 0.5, width: 4, height: 4 } };
const picture = { class_type: 'LoadImage', inputs: { image: 'a.png' } };
const of = (class_type: string, inputs: object) => ({ 1: solid, 2: picture, 5: { class_type, inputs } });

async function problem(graph: unknown, strict = false): Promise<WorkflowError> {
  const error: unknown = await runWorkflow(device, graph, { files, strict }).then(
    () => new Error('it ran'),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(WorkflowError);
  expect(error).toBeInstanceOf(ChromaskError);
  return error as WorkflowError;
}

describe('a workflow with something wrong in it is refused by node and input, where all of it is wanted', () => {
  const grow = (inputs: object) => of('GrowMask', { mask: ['1', 0], ...inputs });
  const cases: [string, unknown, string, string][] = [
    [
      'a missing input',
      of('GrowMask', { expand: 1 }),
      'required_input_missing',
      'node 5 (GrowMask), mask: required input is missing (MASK)',
    ],
    [
      'a link to nowhere',
      of('InvertMask', { mask: ['9', 0] }),
      'bad_linked_input',
      'node 5 (InvertMask), mask: is linked to node 9, which is not in the workflow',
    ],
    [
      'an output that is not there',
      of('InvertMask', { mask: ['1', 1] }),
      'bad_linked_input',
      'mask: is linked to output 1 of node 1 (SolidMask), which has 1',
    ],
    ['half an output', of('InvertMask', { mask: ['1', 0.5] }), 'bad_linked_input', 'there is no such output'],
    [
      'an image for a mask',
      of('InvertMask', { mask: ['2', 0] }),
      'return_type_mismatch',
      'mask: must be MASK, but output 0 of node 2 (LoadImage) is IMAGE',
    ],
    [
      'a mask for a number',
      grow({ expand: ['1', 0] }),
      'return_type_mismatch',
      'node 5 (GrowMask), expand: must be INT, but output 0 of node 1 (SolidMask) is MASK',
    ],
    [
      'a number for a mask',
      of('InvertMask', { mask: 1 }),
      'bad_linked_input',
      'mask: must be linked to an output of type MASK, got 1',
    ],
    [
      'too much',
      grow({ expand: 20000 }),
      'value_bigger_than_max',
      'node 5 (GrowMask), expand: must be between -16384 and 16384, got 20000',
    ],
    ['too little', grow({ expand: -20000 }), 'value_smaller_than_min', 'got -20000'],
    [
      'words for a number',
      grow({ expand: 'wide' }),
      'invalid_input_type',
      'expand: must be a whole number, got "wide"',
    ],
    ['a list for a number', grow({ expand: [1, 2, 3] }), 'invalid_input_type', 'got [1, 2, 3]'],
    [
      'an object for yes or no',
      grow({ tapered_corners: { no: 1 } }),
      'invalid_input_type',
      'tapered_corners: must be true or false, got an object',
    ],
    [
      'an unknown choice',
      of('ImageToMask', { image: ['2', 0], channel: 'gray' }),
      'value_not_in_list',
      'channel: must be one of red, green, blue, alpha, got "gray"',
    ],
    [
      'no such file',
      of('LoadImageMask', { image: 'b.png' }),
      'custom_validation_failed',
      'image: there is no picture "b.png" among the files given',
    ],
    [
      'a channel the picture lacks',
      of('ImageToMask', { image: ['2', 0], channel: 'alpha' }),
      'execution_failed',
      'node 5 (ImageToMask): image must be a picture with alpha, got "shape [1,2,2,3]"',
    ],
    [
      'a crop of nothing',
      of('CropMask', { mask: ['1', 0], x: 4 }),
      'execution_failed',
      'node 5 (CropMask): crop: x, y must be inside the picture',
    ],
    [
      'a node that reads itself',
      of('InvertMask', { mask: ['5', 0] }),
      'dependency_cycle',
      'node 5 (InvertMask): it depends on itself, by way of 5',
    ],
    ['nothing', {}, 'prompt_no_outputs', 'it has no masks to make and no pictures to show'],
    ['pictures only', { 2: picture }, 'prompt_no_outputs', 'it has no masks to make'],
  ];
  for (const [what, graph, type, message] of cases) {
    it(what, async () => {
      const { code, problems, message: all } = await problem(graph, true);
      expect(code).toBe('workflow');
      expect(problems[0].type).toBe(type);
      expect(all).toContain(message);
    });
  }

  it('all of it at once', async () => {
    const { problems } = await problem(of('CropMask', { x: -1, y: 'up', width: 0 }), true);
    expect(problems.map(({ id, class_type, input }) => [id, class_type, input])).toEqual(
      ['mask', 'x', 'y', 'width'].map((input) => ['5', 'CropMask', input]),
    );
  });

  it('a circle by way of others is named by all of them', async () => {
    const invert = (from: string) => ({ class_type: 'InvertMask', inputs: { mask: [from, 0] } });
    const { problems } = await problem({ a: invert('c'), b: invert('a'), c: invert('b') });
    expect(problems.map(({ id }) => id).sort()).toEqual(['a', 'b', 'c']);
  });

  it('numbers are read as a server reads them', async () => {
    const { masks } = await runWorkflow(device, {
      1: { class_type: 'SolidMask', inputs: { value: '0.25', width: 3.9, height: ' 2 ' } },
      2: {
        class_type: 'GrowMask',
        inputs: { mask: [1, 0], expand: true, tapered_corners: 0, extra: ['x'], upload: 'image' },
      },
    });
    expect(masks[0].mask.shape).toEqual([1, 2, 3]);
    expect([...(await masks[0].mask.data())]).toEqual(Array(6).fill(0.25));
  });

  it('text as Python writes it is read, however long its strings are', async () => {
    const strings = ['a'.repeat(1e7), String.raw`\"NaN\\`.repeat(1e5), 'NaN', String.raw`\\`, '"Infinity'.slice(1)];
    for (const string of strings) {
      const more = `"2": {"class_type": "X", "inputs": {"a": NaN, "${string}": [-Infinity, Infinity], "NaN": "${string}"}}`;
      const graph = `{"1": {"class_type": "SolidMask", "inputs": {"width": 2, "height": 1}}, ${more}}`;
      const asked: unknown[] = [];
      const unsupported = async (node: UnknownNode): Promise<unknown[]> => {
        for (const name of node.inputs) asked.push(await node.input(name));
        return [];
      };
      await runWorkflow(device, graph, { unsupported, only: ['1', '2'] });
      const read = JSON.parse(`"${string}"`);
      expect(asked.map(String)).toEqual(read === 'NaN' ? ['null', 'NaN'] : ['null', ',', read]);
    }
    for (const text of [`{"a":NaN,"x":"${'a'.repeat(1e7)}`, '{"1": NaNa}', '{"1": aNaN}', String.raw`{"1": \NaN}`]) {
      expect((await problem(text)).problems[0].message).toBe('its text must be JSON');
    }
  });

  it('names from a prototype are names like any other', async () => {
    const text = `{"__proto__": {"class_type": "SolidMask", "inputs": {"width": 2, "height": 1, "__proto__": [1], "constructor": 3}},
      "constructor": {"class_type": "InvertMask", "inputs": {"mask": ["__proto__", 0]}},
      "toString": {"class_type": "constructor", "inputs": {"__proto__": 1}}}`;
    const { masks, values } = await runWorkflow(device, text);
    expect(masks.map(({ id }) => id)).toEqual(['constructor']);
    expect(Object.keys(values)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(values)).toBe(null);
    const { problems } = await problem('{"1": {"class_type": "InvertMask", "inputs": {"mask": ["constructor", 0]}}}');
    expect(problems[0].type).toBe('bad_linked_input');
  });
});

describe('what is no workflow is refused', () => {
  const cases: [unknown, string][] = [
    [undefined, 'must be an object, got undefined'],
    [null, 'got null'],
    [[], 'got []'],
    ['', 'must be JSON'],
    ['{"1":', 'must be JSON'],
    ['3', 'got 3'],
    [{ 1: null }, 'node 1: a node must be an object'],
    [{ 1: { inputs: {} } }, 'node 1: class_type must be a string, got undefined'],
    [{ 1: { class_type: 'InvertMask', inputs: [] } }, 'node 1 (InvertMask): inputs must be an object'],
    [{ nodes: [null] }, 'a node must be an object'],
    [{ nodes: [{}] }, 'the id of a node must be a number or a string'],
    [{ nodes: [{ id: 1 }] }, 'node 1: type must be a string'],
    [{ nodes: [{ id: 1, type: 'x', mode: 'on' }] }, 'mode must be a number'],
    [{ nodes: [{ id: 1, type: 'x', inputs: {} }] }, 'inputs must be a list'],
    [{ nodes: [{ id: 1, type: 'x', inputs: [{ name: 'a', link: {} }] }] }, 'node 1 (x), a: a link must be a number'],
    [{ nodes: {}, links: [] }, 'nodes must be a list'],
    [{ nodes: [], links: 3 }, 'links must be a list'],
    [{ nodes: [], links: [[1, 2]] }, 'a link must have id, origin'],
    [{ nodes: [], definitions: [] }, 'definitions must be an object'],
    [{ nodes: [], definitions: { subgraphs: [{}] } }, 'the id of a subgraph must be a string'],
  ];
  for (const [graph, message] of cases) {
    it(`${JSON.stringify(graph)}: ${message}`, async () => {
      const error = await problem(graph);
      expect(error.code).toBe('workflow');
      expect(error.problems[0].type).toBe('invalid_prompt');
      expect(error.message).toContain(message);
    });
  }

  it('and so are options that make no sense', async () => {
    const options = [
      { files: 3 },
      { inputs: [] },
      { unsupported: 'no' },
      { only: '1' },
      { compat: '2024' },
      { onProgress: 1 },
      { strict: 'yes' },
      { from: 'screen' },
    ];
    for (const one of options) {
      const [name] = Object.keys(one);
      await expect(runWorkflow(device, { 1: solid }, one as never)).rejects.toThrow(`runWorkflow: ${name} must be`);
    }
  });
});
